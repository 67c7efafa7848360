import type { Actor } from '../../../access/actor.ts'
import { holdersOf } from '../../../access/memberships.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid } from '../../../lib/errors.ts'
import type { Report } from '../find.ts'
import { tellAccounts } from '../letters.ts'
import { peopleOf } from '../people.ts'
import { updateReport } from '../step.ts'
import { noteDoing } from './doings.ts'

/** To whom a case can be given: whoever triages and sees it. */
export async function assignable(tx: Tx, report: Pick<Report, 'id' | 'restricted_at'>): Promise<string[]> {
  const triagers = await holdersOf(tx, 'reports.triage')
  const people = report.restricted_at ? await peopleOf(tx, report.id) : triagers
  return triagers.filter((account) => people.includes(account))
}

export const sameAssignee = (named: string, actor: Actor): string | null =>
  named === 'nobody' ? null : named === 'me' && actor.kind === 'member' ? actor.accountId : named

/** The new one gets a letter, unless they took it themselves. */
export async function giveTo(tx: Tx, actor: Actor, report: Report, assignee: string | null, batch?: string): Promise<boolean> {
  if (report.assignee_id === assignee) return false
  if (assignee !== null && !(await assignable(tx,
    report)).includes(assignee)) throw new Invalid({ assignee: 'Whoever gets it has to triage, and to see it. Choose somebody of the list.' })
  await updateReport(tx, report, { assignee_id: assignee, assigned_at: assignee === null ? null : timestampOf(tx.now) })
  const own = actor.kind === 'member' && actor.accountId === assignee
  const told = assignee && !own ? [assignee] : []
  if (told.length > 0) await tellAccounts(tx, told, report, 'it was given to you')
  await noteDoing(tx, actor, report.id, { what: 'assigned', undo: { assignee: report.assignee_id }, ...batch && { batch }, told })
  return true
}

export async function setTag(tx: Tx, actor: Actor, report: Pick<Report, 'id'>, tag: string, on: boolean, batch?: string): Promise<boolean> {
  const row = { organization_id: tx.organizationId, report_id: report.id, tag }
  const changed = on
    ? (await tx.db.insertInto('report_tags').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows
    : (await tx.db.deleteFrom('report_tags').where('report_id', '=', report.id).where('tag', '=', tag).executeTakeFirst()).numDeletedRows
  if (!changed) return false
  await noteDoing(tx, actor, report.id, { what: 'tagged', undo: { tag, had: !on }, ...batch && { batch } })
  return true
}

export const tagsOf = async (tx: Tx, reportId: string): Promise<string[]> =>
  (await tx.db.selectFrom('report_tags').select('tag').where('report_id', '=', reportId).orderBy('tag').execute()).map(({ tag }) => tag)

export async function setWatch(tx: Tx, actor: Actor, report: Pick<Report, 'id'>, watch: boolean, batch?: string): Promise<boolean> {
  if (actor.kind !== 'member') return false
  const row = { organization_id: tx.organizationId, report_id: report.id, account_id: actor.accountId, since: timestampOf(tx.now) }
  const changed = watch
    ? (await tx.db.insertInto('report_watchers').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows
    : (await tx.db.deleteFrom('report_watchers').where('report_id', '=', report.id).where('account_id', '=', actor.accountId).executeTakeFirst()).numDeletedRows
  if (!changed) return false
  await noteDoing(tx, actor, report.id, { what: watch ? 'watched' : 'unwatched', undo: { watched: !watch }, ...batch && { batch } })
  return true
}

export const isWatched = async (tx: Tx, actor: Actor, reportId: string): Promise<boolean> => actor.kind === 'member'
  && await tx.db.selectFrom('report_watchers').select('since').where('report_id', '=', reportId).where('account_id', '=', actor.accountId)
    .executeTakeFirst() !== undefined
