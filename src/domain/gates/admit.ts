import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Invalid } from '../../lib/errors.ts'
import type { Work } from '../../verbs/verb.ts'
import { effortOf, type Effort } from './effort.ts'
import { classify, type Queue, type Signals, type Standing } from './queue.ts'
import { recordsOf, standingBy, type SenderRecord } from './reputation.ts'
import { sendersOf, type Said, type Sender } from './senders.ts'
import { gateSettings, type GateSettings } from './settings.ts'

export interface Arriving {
  readonly said: Said
  readonly effort: Effort
  /** What was seen of the content already. */
  readonly seen: Signals
  /** It was entered by the team: nothing is asked. */
  readonly byTeam: boolean
  /** By name, for what the programme insists on; none where nobody can be asked, as in a mail. */
  readonly fields?: Readonly<Record<string, unknown>>
  readonly skipped?: string
  /** Why one of them is empty, by its name. */
  readonly reasons?: Readonly<Record<string, string | undefined>>
}

export interface Admission {
  readonly queue: Queue
  readonly reasons: readonly string[]
  readonly senders: readonly Sender[]
  /** Deposited until then, because intake is paused. */
  readonly opensAt: Temporal.Instant | null
  /** The block by which it is closed on arrival. */
  readonly block: string | null
}

/** In which queue a report arrives. Nobody is refused for who they are; a form that lacks what the programme insists on comes back. */
export async function admit({ tx, actor }: Work, arriving: Arriving): Promise<Admission> {
  const [settings, senders] = await Promise.all([gateSettings(tx), sendersOf(tx, arriving.byTeam ? { kind: 'nobody' } : actor, arriving.said)])
  if (arriving.fields) demandFields(settings, arriving.fields, arriving)
  const records = await recordsOf(tx, senders)
  if (arriving.fields) demandVoucher(arriving.said, records)
  const trusted = arriving.byTeam || actor.kind === 'machine' || actor.kind === 'member'
  const standing: Standing = trusted ? 'trusted' : standingBy(records, settings)
  const signals = { ...arriving.seen, standing, ...overBy(records, settings), ...await effortSeen({ tx, actor }, arriving, settings, standing) }
  return {
    ...classify(signals), senders,
    block: trusted ? null : records.find(({ block }) => block)?.block ?? null,
    opensAt: arriving.byTeam ? null : settings.pause?.until ?? null,
  }
}

/** Only who comes over the web can be asked for it, and only a stranger is. */
async function effortSeen({ tx, actor }: Work, { effort }: Arriving, settings: GateSettings, standing: Standing): Promise<Signals> {
  if (!actor.from || !settings.proofOfWork || standing === 'trusted') return {}
  return { effort: await effortOf(tx, effort, settings.waitSeconds) }
}

function overBy(records: readonly SenderRecord[], { trialOpen, perSender, perNetwork }: GateSettings): Signals {
  const named = records.filter(({ kind }) => kind !== 'network')
  return {
    overQuota: named.some(({ open }) => open >= trialOpen),
    overRate: named.some(({ day }) => day >= perSender),
    overNetwork: records.some(({ kind, hour }) => kind === 'network' && hour >= perNetwork),
  }
}

function demandFields({ required }: GateSettings, fields: Readonly<Record<string, unknown>>,
  { skipped, reasons = {} }: Pick<Arriving, 'skipped' | 'reasons'>): void {
  const missing = skipped ? [] : required.filter((name) => !fields[name] && !reasons[name])
  if (missing.length === 0) return
  const asked = 'This programme asks for it. If you cannot say, tell why under “Leave something out”.'
  throw new Invalid(Object.fromEntries(missing.map((name) => [name, asked])))
}

function demandVoucher({ voucher }: Said, records: readonly SenderRecord[]): void {
  if (voucher && !records.some(({ kind, vouched }) => kind === 'voucher' && vouched)) {
    throw new Invalid({ voucher: 'This code is not known, or was taken back. Check it, or leave it out: the report is taken in all the same.' })
  }
}

/** What the report came from, kept with it. */
export function keepSenders(tx: Tx, reportId: string, senders: readonly Sender[]): void {
  if (senders.length === 0) return
  const at = timestampOf(tx.now)
  tx.send(tx.db.insertInto('report_senders')
    .values(senders.map((sender) => ({ organization_id: tx.organizationId, report_id: reportId, ...sender, at }))).execute())
}

/** What a report came from. */
export const sendersKept = (tx: Tx, reportId: string): Promise<Sender[]> =>
  tx.db.selectFrom('report_senders').select(['kind', 'hash']).where('report_id', '=', reportId).execute()

/** Erasing who reported it: what they were known by goes too. */
export async function forgetSenders(tx: Tx, reportId: string): Promise<void> {
  await tx.db.deleteFrom('report_senders').where('report_id', '=', reportId).execute()
}
