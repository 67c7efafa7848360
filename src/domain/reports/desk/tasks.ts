import { sql } from 'kysely'
import { z } from 'zod'
import { namesOf } from '../../../access/accounts.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, NotFound } from '../../../lib/errors.ts'
import { openText, sealText } from '../../../seal/envelope.ts'
import { verb } from '../../../verbs/verb.ts'
import { lockReport, type Report } from '../find.ts'
import { tellAccounts } from '../letters.ts'
import { ReportId } from '../step.ts'
import { assignable } from './changes.ts'
import { noteDoing } from './doings.ts'

const context = (id: string) => `report-task:${id}`

export interface Task { readonly id: string; readonly title: string; readonly assignee: string | null; readonly due: string | null; readonly done: boolean }

export const addTask = verb({
  name: 'report.add-task', summary: 'Add something that has to be done for a report.', may: 'reports.triage', entries: [],
  input: z.object({
    report: ReportId, title: z.string().trim().min(1, 'Say what is to be done.').max(200, 'At most 200 characters.').describe('What is to be done'),
    assignee: z.uuid().optional().describe('Who does it: an account'), due: z.iso.date('Enter a date.').optional().describe('By when'),
  }),
  async run({ tx, actor }, { report: id, title, assignee = null, due = null }) {
    const report = await lockReport(tx, actor, id)
    if (assignee !== null && !(await assignable(tx, report)).includes(assignee)) throw new Invalid({ assignee: 'Choose somebody of the list.' })
    const task = tx.newId()
    await tx.db.insertInto('report_tasks').values({
      organization_id: tx.organizationId, id: task, report_id: id, title: await sealText(tx, report.content_key_id, context(task), title),
      assignee_id: assignee, due_on: due, made_at: timestampOf(tx.now), done_at: null, done_by: null,
    }).execute()
    const told = assignee && !(actor.kind === 'member' && actor.accountId === assignee) ? [assignee] : []
    if (told.length > 0) await tellAccounts(tx, told, report, 'there is a task for you')
    await noteDoing(tx, actor, id, { what: 'task-added', told })
    return { task }
  },
})

export const finishTask = verb({
  name: 'report.finish-task', summary: 'Tick off a task of a report, or open it again.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, task: z.uuid(), done: z.boolean() }),
  async run({ tx, actor }, { report, task, done }) {
    await lockReport(tx, actor, report)
    const change = { done_at: done ? timestampOf(tx.now) : null, done_by: done && actor.kind === 'member' ? actor.accountId : null }
    const { numUpdatedRows } = await tx.db.updateTable('report_tasks').set(change).where('id', '=', task).where('report_id', '=', report).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await noteDoing(tx, actor, report, { what: done ? 'task-done' : 'task-reopened' })
    return { report }
  },
})

/** What is still to be done first. */
export async function tasksOf(tx: Tx, report: Report): Promise<Task[]> {
  const rows = await tx.db.selectFrom('report_tasks').select(['id', 'title', 'assignee_id', 'done_at', sql<string | null>`due_on::text`.as('due_on')])
    .where('report_id', '=', report.id).orderBy('made_at').execute()
  const nameOf = await namesOf(tx, rows.flatMap(({ assignee_id: account }) => account ?? []))
  const tasks = await Promise.all(rows.map(async ({ id, title, assignee_id: assignee, due_on: due, done_at: done }) => ({
    id, title: await openText(tx, report.content_key_id, context(id), title), assignee: assignee && nameOf(assignee), due, done: done !== null,
  })))
  return tasks.toSorted((a, b) => Number(a.done) - Number(b.done))
}
