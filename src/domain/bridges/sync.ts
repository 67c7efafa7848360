import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { enqueueEach, job, type OrganizationJob } from '../../jobs/index.ts'
import { isOpen, type ReportView } from '../reports/index.ts'
import type { Settings } from './check.ts'
import { findBridge, openBridge, openContent, type Box, type Content, type Issue } from './find.ts'
import { noteProblem, noteSeen, noteSent } from './settle.ts'
import type { TrackerKind } from './tables.ts'
import { TrackerProblem, type Seen, type Tracker } from './tracker.ts'
import { trackers } from './trackers.ts'

export const syncJobName = 'bridge.sync'
/** Longer than a run can take: eight requests of ten seconds, and some room. */
const leaseSeconds = 120

interface Due {
  readonly issue: Issue
  readonly bridge: { readonly kind: TrackerKind } & Box
  readonly report: { readonly reference: string; readonly state: ReportView['state'] }
  /** Null once it is sent. */
  readonly content: Content | null
}

/**
 * Makes issue and report agree, whatever happened to either since: sends what is waiting, looks how the issue stands, tells it how the report
 * stands. It may run at any time and any number of times; a tracker's own message is only a reason to run it.
 */
export const syncJob = ({ privateNetwork, baseOf }: Settings): OrganizationJob => job({
  name: syncJobName, payload: z.object({ issue: z.uuid() }),
  async run({ database, organizationId, signal }, { issue: id }) {
    const due = await database.write(organizationId, (tx) => take(tx, id))
    if (!due) return
    const tracker = trackers[due.bridge.kind].open({ ...due.bridge, signal, privateNetwork })
    const link = `${await baseOf(organizationId)}/desk/reports/${due.issue.report_id}`
    let { issue } = due
    try {
      if (due.content) {
        const sent = await send(tracker, issue, due.content, link)
        issue = await database.write(organizationId, (tx) => noteSent(tx, issue, sent))
      }
      const agreed = await agree(tracker, { ...due, issue }, link)
      await database.write(organizationId, (tx) => noteSeen(tx, issue, agreed))
    } catch (error) {
      if (!(error instanceof TrackerProblem)) throw error
      await database.write(organizationId, (tx) => noteProblem(tx, issue, error))
    }
  },
})

/** One run at a time has an issue in hand, and says so before it asks anybody: after a crash the next one knows that something may have been sent. */
async function take(tx: Tx, id: string): Promise<Due | undefined> {
  const now = timestampOf(tx.now)
  const issue = await tx.db.selectFrom('bridge_issues').selectAll().where('id', '=', id).where('state', 'in', ['waiting', 'sent'])
    .where((is) => is.or([is('busy_until', 'is', null), is('busy_until', '<', now)])).forUpdate().executeTakeFirst()
  const bridge = issue && await findBridge(tx, issue.bridge_id)
  const report = issue && await tx.db.selectFrom('reports').select(['reference', 'state', 'content_key_id'])
    .where('id', '=', issue.report_id).where('erased_at', 'is', null).executeTakeFirst()
  if (!bridge || !report || (bridge.rests_until && bridge.rests_until > now)) return undefined
  const content = issue.state === 'waiting' && issue.content ? await openContent(tx, report.content_key_id, id, issue.content) : null
  await tx.db.updateTable('bridge_issues').set({ busy_until: timestampOf(tx.now.add({ seconds: leaseSeconds })), tries: issue.tries + 1 })
    .where('id', '=', id).execute()
  return { issue, bridge: { kind: bridge.kind, ...await openBridge(tx, bridge) }, report, content }
}

/** Where an earlier try may have got through, its issue is looked for before another is made: by the link, which only this report has. */
async function send(tracker: Tracker, issue: Issue, { title, text }: Content, link: string): Promise<Seen> {
  const before = issue.tries > 0 ? await tracker.find(link, new Date(issue.passed_at.getTime() - 3_600_000)) : undefined
  return before ?? tracker.create({ title, text: textWith(text, link) })
}

export const textWith = (text: string, link: string): string => `${text}\n\n${link}`

export interface Agreed {
  /** How the issue stood when it was looked at. */
  readonly seen: Seen | 'unchanged'
  /** The state that it was told, and how we left the issue. */
  readonly told: ReportView['state']
  readonly left: 'open' | 'closed'
}

async function agree(tracker: Tracker, { issue, report }: Due, link: string): Promise<Agreed> {
  const seen = await tracker.look(issue.number!, issue.etag)
  const there = seen === 'unchanged' ? issue.there! : seen.state
  if (report.state === issue.told) return { seen, told: issue.told, left: there }
  const left = isOpen(report.state) ? isOpen(issue.told) ? there : 'open' : 'closed'
  if (left !== there) await tracker.setState(issue.number!, left)
  await tracker.comment(issue.number!, `${report.reference} is now “${report.state}”.\n\n${link}`)
  return { seen, told: report.state, left }
}

export const pollJob: OrganizationJob = job({
  name: 'bridges.poll', payload: z.object({}), every: '* * * * *',
  async run({ database, organizationId }) {
    await database.write(organizationId, async (tx) => {
      const now = timestampOf(tx.now)
      const due = await tx.db.selectFrom('bridge_issues').innerJoin('bridges', 'bridges.id', 'bridge_id').select('bridge_issues.id')
        .where('next_at', '<=', now).where('bridges.ended_at', 'is', null)
        .where((is) => is.or([is('rests_until', 'is', null), is('rests_until', '<=', now)])).orderBy('next_at').limit(100).execute()
      enqueueEach(tx, syncJobName, due.map(({ id }) => ({ payload: { issue: id }, key: id })))
    })
  },
})
