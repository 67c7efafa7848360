import type { Selectable } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import type { Report } from '../reports/index.ts'
import type { Moment } from './moment.ts'
import { sides, type Party } from './parties.ts'
import type { DisclosureProposalRow, Outcome, Topic } from './tables.ts'

export type Proposal = Selectable<DisclosureProposalRow>

const context = (id: string) => `disclosure-proposal:${id}`
const answerContext = (id: string, party: Party) => `disclosure-answer:${id}:${party}`

export interface Proposed {
  readonly about: Topic
  readonly party: Party
  readonly account: string | null
  /** Null: at once. */
  readonly moment: Moment | null
  readonly reason: string
  readonly objectBy: Temporal.Instant | null
}

/** A proposal replaces the one about the same that is still open: it is the answer to it. */
export async function insertProposal(tx: Tx, report: Report, { about, party, account, moment, reason, objectBy }: Proposed): Promise<string> {
  await settleOpen(tx, report.id, about, 'replaced')
  const id = tx.newId()
  await tx.db.insertInto('disclosure_proposals').values({
    organization_id: tx.organizationId, id, report_id: report.id, about, party, account_id: account,
    due_at: moment && timestampOf(moment.instant), zone: moment && moment.zone, reason: await sealText(tx, report.content_key_id, context(id), reason),
    proposed_at: timestampOf(tx.now), object_by: objectBy && timestampOf(objectBy),
  }).execute()
  await insertAnswer(tx, report, id, { party, account, accepts: true })
  return id
}

export interface Given { readonly party: Party; readonly account: string | null; readonly accepts: boolean; readonly reason?: string | undefined }

/** Who has answered may think again, as long as the proposal is open. */
export async function insertAnswer(tx: Tx, report: Report, proposalId: string, { party, account, accepts, reason }: Given): Promise<void> {
  const answer = {
    account_id: account, accepts, answered_at: timestampOf(tx.now),
    reason: reason ? await sealText(tx, report.content_key_id, answerContext(proposalId, party), reason) : null,
  }
  await tx.db.insertInto('disclosure_answers').values({ organization_id: tx.organizationId, proposal_id: proposalId, party, ...answer })
    .onConflict((conflict) => conflict.columns(['organization_id', 'proposal_id', 'party']).doUpdateSet(answer)).execute()
}

export const openProposal = (tx: Tx, reportId: string, about: Topic): Promise<Proposal | undefined> =>
  tx.db.selectFrom('disclosure_proposals').selectAll().where('report_id', '=', reportId).where('about', '=', about).where('outcome', 'is', null)
    .executeTakeFirst()

export const findProposal = (tx: Tx, reportId: string, id: string): Promise<Proposal | undefined> =>
  tx.db.selectFrom('disclosure_proposals').selectAll().where('report_id', '=', reportId).where('id', '=', id).executeTakeFirst()

/** The last that was said about publication, whatever became of it. */
export const latestRequest = (tx: Tx, reportId: string): Promise<Proposal | undefined> =>
  tx.db.selectFrom('disclosure_proposals').selectAll().where('report_id', '=', reportId).where('about', '=', 'disclosure')
    .orderBy('proposed_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()

export const settle = (tx: Tx, id: string, outcome: Outcome) =>
  tx.db.updateTable('disclosure_proposals').set({ outcome, settled_at: timestampOf(tx.now) }).where('id', '=', id).execute()

export const settleOpen = (tx: Tx, reportId: string, about: Topic, outcome: Outcome) =>
  tx.db.updateTable('disclosure_proposals').set({ outcome, settled_at: timestampOf(tx.now) })
    .where('report_id', '=', reportId).where('about', '=', about).where('outcome', 'is', null).execute()

/** Whether company and reporter have both accepted it. */
export async function acceptedByBoth(tx: Tx, proposalId: string): Promise<boolean> {
  const accepted = await tx.db.selectFrom('disclosure_answers').select('party').where('proposal_id', '=', proposalId).where('accepts', '=', true).execute()
  return sides.every((side) => accepted.some(({ party }) => party === side))
}

export interface AnswerView { readonly party: Party; readonly accepts: boolean; readonly reason: string | null; readonly at: string }

export interface ProposalView {
  readonly id: string
  readonly about: Topic
  readonly party: Party
  readonly due: string | null
  readonly zone: string | null
  readonly reason: string
  readonly at: string
  readonly objectBy: string | null
  readonly outcome: Outcome | null
  readonly answers: readonly AnswerView[]
}

/** All that was ever proposed, with every answer, the oldest first. Throws `Erased`. */
export async function historyOf(tx: Tx, report: Report): Promise<ProposalView[]> {
  const rows = await tx.db.selectFrom('disclosure_proposals').selectAll().where('report_id', '=', report.id).orderBy('proposed_at').orderBy('id').execute()
  const answers = rows.length === 0 ? [] : await tx.db.selectFrom('disclosure_answers').selectAll()
    .where('proposal_id', 'in', rows.map(({ id }) => id)).orderBy('answered_at').execute()
  return Promise.all(rows.map(async (row) => ({
    id: row.id, about: row.about, party: row.party, due: row.due_at?.toISOString() ?? null, zone: row.zone, at: row.proposed_at.toISOString(),
    reason: await openText(tx, report.content_key_id, context(row.id), row.reason), objectBy: row.object_by?.toISOString() ?? null, outcome: row.outcome,
    answers: await Promise.all(answers.filter(({ proposal_id: id }) => id === row.id).map(async ({ party, accepts, reason, answered_at: at }) => ({
      party, accepts, at: at.toISOString(), reason: reason && await openText(tx, report.content_key_id, answerContext(row.id, party), reason),
    }))),
  })))
}
