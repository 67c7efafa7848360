import { parseVkey, printVkey } from 'avow-verify'
import { z } from 'zod'
import { timestampOf } from '../db/timestamp.ts'
import { refuseIf } from '../lib/errors.ts'
import { verb } from '../verbs/verb.ts'
import { append } from './append.ts'
import { changeLogKey, reopenLog } from './change-log-key.ts'
import { defineKind, streams, type Stream } from './kinds.ts'
import { configureStream } from './stream-settings.ts'
import { witnessLog, witnessVkey } from './witness-server.ts'

const ofWitness = { stream: 'ledger', subjects: [], marks: z.object({}), vouch: 'company', open: true } as const

export const witnessNamed = defineKind({
  kind: 'witness.named', about: 'From now on this witness is asked to cosign the states of the log.', ...ofWitness,
  facts: z.object({ vkey: z.string(), url: z.string() }),
})
export const witnessDismissed = defineKind({
  kind: 'witness.dismissed', about: 'This witness is not asked any more.', ...ofWitness, facts: z.object({ vkey: z.string() }),
})

const isVkey = (type: number) => (text: string) => {
  try { return parseVkey(text).type === type } catch { return false }
}
const WitnessKey = z.string().trim().refine(isVkey(0x04), 'This is no verifier key of a witness: name+id+key with type 4.')
const LogKey = z.string().trim().refine(isVkey(0x01), 'This is no verifier key of a log: name+id+key with type 1.')

/** What is in the log already stays under the setting of its time. */
export const streamConfigure = verb({
  name: 'stream.configure',
  summary: 'Choose when the entries of a stream become public: at once, after a number of days, or never.',
  may: 'organization.manage', stepUp: true,
  input: z.object({
    stream: z.enum(Object.keys(streams).filter((stream) => stream !== 'ledger') as [Stream]),
    opens: z.enum(['at-once', 'delayed', 'sealed']),
    delay_days: z.coerce.number().int().min(0).max(3650).default(0),
  }),
  entries: ['stream.configured'],
  async run({ tx }, { stream, opens, delay_days: delayDays }) {
    refuseIf(opens === 'delayed' && delayDays === 0, 'delay_missing', 'Say after how many days the entries become public.')
    await configureStream(tx, stream, { opens, delayDays })
    return { stream, opens, delay_days: delayDays }
  },
})

export const checkpointSpace = verb({
  name: 'checkpoint.space',
  summary: 'Publish states of the log only at intervals, so that nobody learns the minute of an entry.',
  may: 'organization.manage',
  input: z.object({ seconds: z.coerce.number().int().min(0).max(604_800) }),
  entries: [],
  async run({ tx }, { seconds: spacing }) {
    await tx.db.insertInto('log_publication').values({ organization_id: tx.organizationId, spacing_seconds: spacing })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet({ spacing_seconds: spacing })).execute()
    return { seconds: spacing }
  },
})

export const witnessName = verb({
  name: 'witness.name',
  summary: 'Ask a witness to cosign every published state of the log.',
  may: 'keys.manage', stepUp: true,
  input: z.object({
    vkey: WitnessKey,
    url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')).describe('Submission prefix, without /add-checkpoint'),
  }),
  entries: ['witness.named'],
  async run({ tx }, { vkey, url }) {
    const row = { organization_id: tx.organizationId, vkey, url, error: null, added_at: timestampOf(tx.now) }
    await tx.db.insertInto('witnesses').values(row).onConflict((conflict) => conflict.columns(['organization_id', 'vkey']).doUpdateSet({ url })).execute()
    await append(tx, witnessNamed, { subjects: {}, marks: {}, facts: { vkey, url } })
    return { witness: parseVkey(vkey).name }
  },
})

export const witnessDismiss = verb({
  name: 'witness.dismiss',
  summary: 'Ask a witness no longer.',
  may: 'keys.manage', stepUp: true,
  input: z.object({ vkey: WitnessKey }),
  entries: ['witness.dismissed'],
  async run({ tx }, { vkey }) {
    const removed = await tx.db.deleteFrom('witnesses').where('vkey', '=', vkey).returning('vkey').executeTakeFirst()
    refuseIf(!removed, 'witness_unknown', 'This witness is not asked.')
    await append(tx, witnessDismissed, { subjects: {}, marks: {}, facts: { vkey } })
    return { witness: parseVkey(vkey).name }
  },
})

/** The answer is the key that the other log's owner has to name as a witness. */
export const logWitness = verb({
  name: 'log.witness',
  summary: 'Cosign the states of another log, as long as it only grows.',
  may: 'keys.manage', stepUp: true,
  input: z.object({ vkey: LogKey }),
  entries: [],
  async run({ tx }, { vkey }) {
    await witnessLog(tx, vkey)
    return { witness_vkey: await witnessVkey(tx) }
  },
})

export const logChangeKey = verb({
  name: 'log.change-key',
  summary: 'Give the log a new signing key. The old one signs the entry that names it.',
  may: 'keys.manage', stepUp: true,
  input: z.object({}),
  entries: ['log.key-changed'],
  async run({ tx }) { return { vkey: printVkey(await changeLogKey(tx)) } },
})

export const logReopen = verb({
  name: 'log.reopen',
  summary: 'After a restore that lost the end of the log: go on under a new name, naming the last state that the old log is known to have had.',
  may: 'keys.manage', stepUp: true,
  input: z.object({ lost: z.string().max(20_000).describe('The old log’s last known checkpoint, as a witness or a reader kept it') }),
  entries: ['log.reopened'],
  async run({ tx }, { lost }) { return { vkey: printVkey(await reopenLog(tx, lost)) } },
})
