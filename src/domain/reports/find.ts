import { sql, type ExpressionBuilder, type Selectable } from 'kysely'
import type { Actor, Guest } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import type { Tables } from '../../db/tables.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Queue } from '../gates/index.ts'
import { isOpenState } from './desk/filter.ts'
import { numberNamed } from './desk/short-id.ts'
import type { AssetRow, ReportRow } from './tables.ts'

/**
 * Whom a report may be shown to: its own reporter sees one, and a guest of its case the same as far as they were let;
 * the team sees those that are open to it, and of the restricted ones each member those
 * to which they were added; a key sees none that is restricted; everybody else none. What was deposited opens on its day, and to nobody
 * before but its reporter.
 */
export function visible(tx: Tx, actor: Actor) {
  const all = tx.db.selectFrom('reports')
  const reports = all.where('opens_at', 'is', null)
  switch (actor.kind) {
    case 'reporter': return all.where('reports.id', '=', actor.reportId)
    case 'guest': return reports.where('reports.id', '=', actor.reportId)
    case 'system': return all
    case 'machine': return reports.where('restricted_at', 'is', null)
    case 'member': return may(actor, 'reports.restricted') ? reports : reports.where(openOrAdded(actor.accountId))
    default: return reports.where((is) => is.lit(false))
  }
}

/** Who has left the team and come back has to be added anew. */
const openOrAdded = (accountId: string) => sql<boolean>`(reports.restricted_at is null or exists (
  select from report_people join memberships using (account_id)
  where report_people.report_id = reports.id and account_id = ${accountId} and added_at >= joined_at))`

/** Those of the reports that are restricted to others than the actor, or not open yet; of all reports unless told which. */
export async function hiddenFrom(tx: Tx, actor: Actor, ids?: readonly string[]): Promise<Set<string>> {
  if (ids?.length === 0) return new Set()
  const among = (some: readonly string[]) => sql<boolean>`reports.id = any(${some}::uuid[])`
  const apart = await tx.db.selectFrom('reports').select('id').$if(ids !== undefined, (q) => q.where(among(ids!)))
    .where((is) => is.or([is('restricted_at', 'is not', null), is('opens_at', 'is not', null)])).execute()
  if (apart.length === 0) return new Set()
  const shown = await visible(tx, actor).select('reports.id').where(among(apart.map(({ id }) => id))).execute()
  return new Set(apart.map(({ id }) => id)).difference(new Set(shown.map(({ id }) => id)))
}

export type Report = Selectable<ReportRow>

/** Every column by its name, so that the statement stays prepared. */
export const reportColumns = [
  'organization_id', 'id', 'reference', 'submission_id', 'phrase_hash', 'content_key_id', 'identity_key_id', 'title', 'identity', 'asset_id', 'weakness',
  'severity', 'cvss', 'channel', 'state', 'closed_because', 'waiting_for_reporter', 'waiting_since', 'waiting_warned_at', 'unanswered_at',
  'retest_asked_at', 'parts_seed', 'open_parts', 'policy_version_id', 'received_entry_id', 'received_at', 'acknowledged_at', 'verifying_at',
  'verified_at', 'accepted_at', 'fixing_at', 'fixed_at', 'resolved_at', 'closed_at', 'disclosed_at', 'reopened_at', 'erased_at', 'restricted_at',
  'queue', 'queue_reasons', 'queue_by', 'deposited_at', 'opens_at', 'number', 'assignee_id', 'assigned_at', 'due_at', 'due_kinds', 'happened_at',
] as const satisfies (keyof Report)[]

/** The report, or *not found* when it is not there or not the actor's. */
export async function getReport(tx: Tx, actor: Actor, id: string): Promise<Report> {
  const report = await visible(tx, actor).select(reportColumns).where('reports.id', '=', id).executeTakeFirst()
  if (!report) throw new NotFound()
  return report
}

/** Like `getReport`, and nobody else changes it until this transaction ends. Erased reports can no longer be worked on. */
export async function lockReport(tx: Tx, actor: Actor, id: string): Promise<Report> {
  const report = await visible(tx, actor).select(reportColumns).where('reports.id', '=', id).forUpdate().executeTakeFirst()
  if (!report || report.erased_at) throw new NotFound()
  return report
}

const isId = (word: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(word)

/** The id of the report with this reference, number (ACME-142) or id, if the actor may see it. Each of them has an index. */
export async function findReportNamed(tx: Tx, actor: Actor, word: string): Promise<string | undefined> {
  const number = await numberNamed(tx, word)
  const row = await visible(tx, actor).select('reports.id')
    .where((is) => number !== undefined ? is('number', '=', number) : isId(word) ? is('reports.id', '=', word) : is('reference', '=', word))
    .executeTakeFirst()
  return row?.id
}

/** Those that the actor may see of a period. */
export const reportsBetween = (tx: Tx, actor: Actor, since: Date, until: Date): Promise<Pick<Report, 'id' | 'received_at'>[]> =>
  visible(tx, actor).select(['reports.id', 'received_at']).where('received_at', '>=', since).where('received_at', '<', until).execute()

/** What a line of a list shows: named one by one, so that the statement stays prepared and no row comes whole. */
export const listed = ['id', 'reference', 'content_key_id', 'title', 'state', 'severity', 'waiting_for_reporter', 'restricted_at', 'received_at', 'queue',
  'number'] as const
export type ListedReport = Pick<Report, (typeof listed)[number]>

/** Those of the ids that the actor may see, in the order of the ids. */
export async function reportsByIds(tx: Tx, actor: Actor, ids: readonly string[]): Promise<ListedReport[]> {
  if (ids.length === 0) return []
  const rows = await visible(tx, actor).select(listed).where(sql<boolean>`reports.id = any(${ids}::uuid[])`).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** How many of those that the actor may see are open, counted no further than `most`: the desk says “1,000+” beyond. */
export async function countOpen(tx: Tx, actor: Actor, most = 1000): Promise<number> {
  const open = visible(tx, actor).select('reports.id').where((is) => isOpenState(is)).limit(most)
  const row = await tx.db.selectFrom(open.as('open')).select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

/** What may be closed without a fix; what is public already is no spam. */
const closable = ['received', 'acknowledged', 'verifying', 'verified', 'accepted', 'fixing'] as const

export interface Closable { readonly queue?: Queue; readonly ids?: readonly string[]; readonly upTo?: Date; readonly limit: number }

const closableReports = (tx: Tx, actor: Actor, { queue, ids, upTo }: Omit<Closable, 'limit'>) =>
  visible(tx, actor).where('state', 'in', closable).where('disclosed_at', 'is', null).where('erased_at', 'is', null)
    .$if(queue !== undefined, (q) => q.where('queue', '=', queue!)).$if(ids !== undefined, (q) => q.where('reports.id', 'in', ids!))
    .$if(upTo !== undefined, (q) => q.where('received_at', '<=', upTo!))

/** Those that may be closed, locked, what breaks next first: the order of an index, so that each batch of a flood costs the same. */
export const lockClosable = (tx: Tx, actor: Actor, { limit, ...which }: Closable): Promise<Report[]> =>
  closableReports(tx, actor, which).select(reportColumns).orderBy('due_at').orderBy('received_at').orderBy('id').limit(limit)
    .forUpdate('reports').skipLocked().execute()

export async function countClosable(tx: Tx, actor: Actor, which: Omit<Closable, 'limit'>): Promise<number> {
  const row = await closableReports(tx, actor, which).select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(row.n)
}

export const findByPhraseHash = (tx: Tx, hash: Buffer): Promise<Report | undefined> =>
  tx.db.selectFrom('reports').select(reportColumns).where('phrase_hash', '=', hash).executeTakeFirst()

export const hasArrived = async (tx: Tx, submissionId: string): Promise<boolean> =>
  await tx.db.selectFrom('reports').select('id').where('submission_id', '=', submissionId).executeTakeFirst() !== undefined

/** A reporter sees neither what the team tells itself, nor what it says with guests. */
const toReporter = ['reporter', 'team', 'mediator'] as const

/** A guest sees their own channel, and both sides' messages where they were let. */
const toGuest = ({ guestId, sees }: Guest) => (is: ExpressionBuilder<Tables, 'report_messages'>) =>
  is.or([is('guest_id', '=', guestId), ...sees.messages ? [is('voice', 'in', toReporter)] : []])

export const messagesOf = (tx: Tx, actor: Actor, reportId: string) =>
  tx.db.selectFrom('report_messages')
    .select(['organization_id', 'id', 'report_id', 'voice', 'account_id', 'guest_id', 'author', 'body', 'sent_at', 'entry_id'])
    .where('report_id', '=', reportId)
    .$if(actor.kind === 'reporter', (q) => q.where('voice', 'in', toReporter))
    .$if(actor.kind === 'guest', (q) => q.where(toGuest(actor as Guest)))
    .orderBy('sent_at').orderBy('id').execute()

export type Asset = Selectable<AssetRow>

/** Named one by one, so that the statement of every form stays prepared. */
const assetColumns = ['organization_id', 'id', 'name', 'kind', 'locator', 'in_scope', 'note', 'created_at', 'retired_at'] as const satisfies (keyof Asset)[]

/** The programme's scope as it stands, in scope first. */
export const listAssets = (tx: Tx): Promise<Asset[]> =>
  tx.db.selectFrom('assets').select(assetColumns).where('retired_at', 'is', null).orderBy('in_scope', 'desc').orderBy('name').execute()

export const findAsset = (tx: Tx, id: string): Promise<Asset | undefined> =>
  tx.db.selectFrom('assets').select(assetColumns).where('id', '=', id).where('retired_at', 'is', null).executeTakeFirst()
