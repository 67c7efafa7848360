import { z } from 'zod'
import type { Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { query, verb } from '../../verbs/verb.ts'
import { gatesConfigured } from './kinds.ts'
import type { GateSettingsRow } from './tables.ts'

/** Fields of a report that a programme may insist on. Whoever cannot fill them in says why, and is let in. */
export const requirable = ['asset', 'weakness', 'steps', 'proof_of_concept', 'impact'] as const

const whole = (least: number, most: number, usual: number) => z.coerce.number('Enter a number.')
  .int('Enter a whole number.').min(least, `At least ${least}.`).max(most, `At most ${most}.`).default(usual)

/** What is asked of whoever reports something. The defaults let a small company do nothing. */
const Gates = z.object({
  trial_open: whole(1, 1000, 5).describe('How many unjudged reports an unknown sender may have open before the next ones wait as suspect'),
  per_sender: whole(1, 10_000, 20).describe('How many reports of one sender within a day are usual'),
  per_network: whole(1, 100_000, 20).describe('How many reports of unknown senders from one network within an hour are usual'),
  known_after: whole(1, 100, 1).describe('After how many accepted reports within a year a sender is known'),
  proof_of_work: z.boolean().default(true).describe('A browser works for a second or two before it sends; without script the form is open for a while instead'),
  wait_seconds: whole(1, 600, 15).describe('How many seconds the form has to be open where no script runs'),
  required: z.array(z.enum(requirable)).max(5).default([]).describe('Fields that a report has to have, or say why not'),
})

export interface GateSettings {
  readonly trialOpen: number
  readonly perSender: number
  readonly perNetwork: number
  readonly knownAfter: number
  readonly proofOfWork: boolean
  readonly waitSeconds: number
  readonly required: readonly string[]
  /** The intake stands still, and until when. */
  readonly pause: { readonly until: Temporal.Instant; readonly words: string } | null
}

const usual = settingsFrom(Gates.parse({}))

/** Named one by one, so that the statement of every form and every report stays prepared. */
const columns = ['trial_open', 'per_sender', 'per_network', 'known_after', 'proof_of_work', 'wait_seconds', 'required', 'paused_until', 'pause_words'] as const
type Row = Pick<Selectable<GateSettingsRow>, (typeof columns)[number]>

export async function gateSettings(tx: Tx): Promise<GateSettings> {
  const row = await tx.db.selectFrom('gate_settings').select(columns).executeTakeFirst()
  return row ? { ...settingsFrom(row), pause: pauseOf(tx, row) } : usual
}

function settingsFrom(row: Pick<Selectable<GateSettingsRow>, Exclude<keyof z.output<typeof Gates>,
  'required'>> & { required: readonly string[] }): GateSettings {
  return {
    trialOpen: row.trial_open, perSender: row.per_sender, perNetwork: row.per_network, knownAfter: row.known_after,
    proofOfWork: row.proof_of_work, waitSeconds: row.wait_seconds, required: row.required, pause: null,
  }
}

/** Over by itself when its date has come, whenever the job gets to say so. */
function pauseOf(tx: Tx, { paused_until, pause_words }: Row): GateSettings['pause'] {
  const until = paused_until && Temporal.Instant.fromEpochMilliseconds(paused_until.getTime())
  return until && Temporal.Instant.compare(until, tx.now) > 0 ? { until, words: pause_words } : null
}

export const readGates = query({
  name: 'gates.read', summary: 'Read what is asked of whoever reports something.', may: 'reports.triage', input: z.object({}),
  run: async ({ tx }) => {
    const { pause, ...settings } = await gateSettings(tx)
    return { ...settings, pause: pause && { until: pause.until.toString(), words: pause.words } }
  },
})

export const configureGates = verb({
  name: 'gates.configure', summary: 'Set what is asked of whoever reports something.', may: 'organization.manage',
  input: Gates, entries: ['gates.configured'],
  async run({ tx }, given) {
    await saveGates(tx, given)
    await append(tx, gatesConfigured, { subjects: {}, marks: {}, facts: given })
  },
})

/** The row holds every value, so that a later default changes nobody's choice. */
export async function saveGates(tx: Tx, change: Partial<Omit<Selectable<GateSettingsRow>, 'organization_id'>>): Promise<void> {
  await tx.db.insertInto('gate_settings').values({ organization_id: tx.organizationId, ...Gates.parse({}), ...change })
    .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(change)).execute()
}
