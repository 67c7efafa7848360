import { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { append } from './append.ts'
import { parseFactsBox, sequenced } from './entry.ts'
import { defineKind, listKinds, streams, type Stream, type StreamSetting } from './kinds.ts'

export const streamConfigured = defineKind({
  kind: 'stream.configured',
  about: 'From here on, entries of this stream are public at once, public after a number of days, or sealed, and entries of these kinds are filed in it.',
  stream: 'ledger',
  subjects: ['stream'],
  marks: z.object({}),
  facts: z.object({
    stream: z.enum(Object.keys(streams) as [Stream]), opens: z.enum(['at-once', 'delayed', 'sealed']), delay_days: z.int().min(0).max(3650),
    kinds: z.array(z.string()).optional(),
  }),
  vouch: 'company',
  open: true,
})

/** Entries that are there already keep the setting under which they were recorded. */
export async function configureStream(tx: Tx, stream: Stream, { opens, delayDays }: StreamSetting): Promise<void> {
  await append(tx, streamConfigured, { subjects: { stream }, marks: {}, facts: { stream, opens, delay_days: delayDays, kinds: kindsIn(stream) } })
}

const kindsIn = (stream: Stream): string[] => listKinds().filter((kind) => kind.stream === stream).map(({ kind }) => kind)

type Declared = StreamSetting & { readonly kinds?: readonly string[] | undefined }

/** At start: the log says which kinds are filed where, as far as that has changed. The choice when a stream opens stays what it was. */
export async function declareKinds(tx: Tx): Promise<void> {
  const before = await newestSettings(tx)
  for (const stream of Object.keys(streams) as Stream[]) {
    const { kinds, ...setting }: Declared = before.get(stream) ?? streams[stream]
    if (kinds?.join() !== kindsIn(stream).join()) await configureStream(tx, stream, setting)
  }
}

/** With those that have no place in the log yet. */
async function newestSettings(tx: Tx): Promise<Map<string, Declared>> {
  const rows = await tx.db.selectFrom('entries')
    .leftJoin('leaves', (join) => join.onRef('leaves.organization_id', '=', 'entries.organization_id').onRef('leaves.entry_id', '=', 'entries.id'))
    .leftJoin('pending', (join) => join.onRef('pending.organization_id', '=', 'entries.organization_id').onRef('pending.entry_id', '=', 'entries.id'))
    .select('facts').where('kind', '=', streamConfigured.kind).orderBy('index', (order) => order.asc().nullsLast()).orderBy('seq').execute()
  return new Map(rows.map(({ facts }) => {
    const { stream, opens, delay_days: delayDays, kinds } = streamConfigured.facts.parse(parseFactsBox(facts).facts)
    return [stream, { opens, delayDays, kinds }]
  }))
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
