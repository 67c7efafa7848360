import { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { append } from './append.ts'
import { parseFactsBox, sequenced } from './entry.ts'
import { defineKind, streams, type Stream, type StreamSetting } from './kinds.ts'

export const streamConfigured = defineKind({
  kind: 'stream.configured',
  about: 'From here on, entries of this stream are public at once, public after a number of days, or sealed.',
  stream: 'ledger',
  subjects: ['stream'],
  marks: z.object({}),
  facts: z.object({ stream: z.enum(Object.keys(streams) as [Stream]), opens: z.enum(['at-once', 'delayed', 'sealed']), delay_days: z.int().min(0).max(3650) }),
  vouch: 'company',
  open: true,
})

/** Entries that are there already keep the setting under which they were recorded. */
export async function configureStream(tx: Tx, stream: Stream, { opens, delayDays }: StreamSetting): Promise<void> {
  await append(tx, streamConfigured, { subjects: { stream }, marks: {}, facts: { stream, opens, delay_days: delayDays } })
}

/** A setting, and the index of the entry that made it. */
export interface SettingFrom extends StreamSetting { readonly stream: string; readonly from: number }

/** Every setting that is in the log, by rising index: the newest one before a leaf decides for that leaf. */
export async function readStreamSettings(tx: Tx): Promise<SettingFrom[]> {
  const rows = await sequenced(tx)
    .select(['leaves.index', 'entries.facts']).where('kind', '=', streamConfigured.kind).orderBy('leaves.index').execute()
  return rows.map(({ index, facts: box }) => {
    const { stream, opens, delay_days: delayDays } = streamConfigured.facts.parse(parseFactsBox(box).facts)
    return { stream, opens, delayDays, from: index }
  })
}
