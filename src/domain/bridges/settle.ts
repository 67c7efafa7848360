import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { isOpen, tellTeam } from '../reports/index.ts'
import { openPlace, sealPlace, type Issue } from './find.ts'
import type { Agreed } from './sync.ts'
import type { Seen, TrackerProblem } from './tracker.ts'

/** How often an issue is looked at while somebody still owes the report something. An answer of *unchanged* is not counted by GitHub. */
const lookEveryMinutes = 10
/** Pauses before the next try, in minutes; a day and a half together. */
const pauses = [1, 5, 30, 120, 360, 720, 960] as const

/** After these an issue may be there although nobody knows its number: it counts as a copy when the report is erased. */
const mayHaveArrived: readonly string[] = ['no-answer', 'not-understood']

const reportOf = (tx: Tx, { report_id: id }: Issue) =>
  tx.db.selectFrom('reports').select(['id', 'reference', 'restricted_at', 'state']).where('id', '=', id).executeTakeFirstOrThrow()

const update = (tx: Tx, { id }: Issue, change: Partial<Omit<Issue, 'id' | 'organization_id'>>) =>
  tx.db.updateTable('bridge_issues').set({ busy_until: null, ...change }).where('id', '=', id).execute()

const later = (tx: Tx, minutes: number) => timestampOf(tx.now.add({ minutes }))

/** It is there, and still in the hand of whoever sent it: how it stands is looked at next. */
export async function noteSent(tx: Tx, issue: Issue, { number, url, state }: Seen): Promise<Issue> {
  const place = await sealPlace(tx, issue.id, { ...await openPlace(tx, issue), url })
  return tx.db.updateTable('bridge_issues').set({ ...place, state: 'sent', number, there: state, tries: 0, problem: null }).where('id', '=', issue.id)
    .returningAll().executeTakeFirstOrThrow()
}

/**
 * What was seen, and what was told. An issue that others closed is a question to the team, never an answer: whether the fix is live
 * is said by a person, with the verb that there is for it.
 */
export async function noteSeen(tx: Tx, issue: Issue, { seen, told, left }: Agreed): Promise<void> {
  const report = await reportOf(tx, issue)
  const closedByOthers = seen !== 'unchanged' && seen.state === 'closed' && issue.there === 'open'
  const changedByUs = seen === 'unchanged' ? left !== issue.there : left !== seen.state
  await update(tx, issue, {
    there: left, told, looked_at: timestampOf(tx.now), tries: 0, problem: null,
    etag: changedByUs ? null : seen === 'unchanged' ? issue.etag : seen.etag,
    next_at: report.state !== told ? timestampOf(tx.now) : isOpen(report.state) ? later(tx, lookEveryMinutes) : null,
    ...closedByOthers && { closed_there_at: timestampOf(tx.now), declined_at: null },
  })
  if (closedByOthers && isOpen(report.state) && report.state !== 'fixed') await tellTeam(tx, report, 'an issue that it was passed on to was closed')
}

/** What passes is tried again, after the pause that was asked for or one of ours. What does not waits for a person, who is told once. */
export async function noteProblem(tx: Tx, issue: Issue, { problem, passes, pauseSeconds }: TrackerProblem): Promise<void> {
  if (pauseSeconds !== undefined) {
    const rests = timestampOf(tx.now.add({ seconds: pauseSeconds }))
    await tx.db.updateTable('bridges').set({ rests_until: rests }).where('id', '=', issue.bridge_id).execute()
    return void await update(tx, issue, { problem, next_at: rests })
  }
  const pause = pauses[issue.tries]
  if (passes && pause !== undefined) return void await update(tx, issue, { problem, next_at: later(tx, pause) })
  const lost = issue.state === 'waiting' ? 'refused' : problem === 'not-found' || problem === 'moved' ? 'gone' : 'sent'
  const tries = lost === 'refused' && mayHaveArrived.includes(problem) ? issue.tries + 1 : 0
  await update(tx, issue, { problem, state: lost, tries, next_at: lost === 'sent' ? later(tx, 60) : null })
  if (problem === 'token-refused') await tx.db.updateTable('bridges').set({ problem }).where('id', '=', issue.bridge_id).execute()
  if (passes || issue.problem !== problem || lost !== issue.state) await tellOf(tx, issue, problem)
}

async function tellOf(tx: Tx, issue: Issue, problem: TrackerProblem['problem']): Promise<void> {
  const report = await reportOf(tx, issue)
  if (problem === 'public' || problem === 'not-confidential') return tellTeam(tx, report, 'an issue tracker that it was passed on to is not confidential')
  if (issue.state === 'waiting') return tellTeam(tx, report, 'it could not be passed on')
  await tellTeam(tx, report, 'an issue that it was passed on to cannot be reached')
}
