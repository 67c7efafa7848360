import { z } from 'zod'
import { namesOf } from '../../access/accounts.ts'
import type { Tx } from '../../db/tx.ts'
import { query } from '../../verbs/verb.ts'
import { getReport, ReportId, unlessErased, type Report } from '../reports/index.ts'
import { bridges, hostOf, issuesOf, openBridge, openContent, openPlace, perhapsThere, type Bridge, type Issue } from './find.ts'

async function viewOf(tx: Tx, bridge: Bridge) {
  const { base, project } = await openBridge(tx, bridge)
  return {
    id: bridge.id, kind: bridge.kind, base, host: hostOf({ base }), project, problem: bridge.problem, created_at: bridge.created_at.toISOString(),
    checked_at: bridge.checked_at?.toISOString() ?? null, heard_at: bridge.heard_at?.toISOString() ?? null,
  }
}

export type BridgeView = Awaited<ReturnType<typeof viewOf>>

export const listBridges = query({
  name: 'bridge.list', summary: 'List the issue trackers that reports can be passed on to, never their tokens.', may: 'bridges.manage', input: z.object({}),
  async run({ tx }) { return { bridges: await bridgeViews(tx) } },
})

export const bridgeViews = async (tx: Tx): Promise<BridgeView[]> => Promise.all((await bridges(tx)).map((bridge) => viewOf(tx, bridge)))

/** Where the report went, by whom, and how it stands there. */
export const listIssues = query({
  name: 'report.list-issues', summary: 'List the issues elsewhere that a report was passed on to.', may: 'reports.read', input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }) {
    const report = await getReport(tx, actor, id)
    const issues = await issuesOf(tx, id)
    const nameOf = await namesOf(tx, issues.map(({ passed_by: by }) => by))
    return { issues: await Promise.all(issues.map((issue) => lineOf(tx, report, issue, nameOf))) }
  },
})

async function lineOf(tx: Tx, report: Report, issue: Issue, nameOf: (accountId: string) => string) {
  const { host, project, url } = await openPlace(tx, issue)
  const content = issue.content && await unlessErased(openContent(tx, report.content_key_id, issue.id, issue.content))
  return {
    id: issue.id, host, project, number: issue.number, url: url || null, state: issue.state, there: issue.there, problem: issue.problem, content,
    passed_by: nameOf(issue.passed_by), passed_at: issue.passed_at.toISOString(), looked_at: issue.looked_at?.toISOString() ?? null,
    /** Others closed it, and nobody has said since that the fix is not live. */
    closed_there: issue.there === 'closed' && issue.closed_there_at !== null && issue.declined_at === null,
    erased: issue.erased_at !== null,
    /** The report is erased here, and nobody has said that its copy is. */
    copy_remains: issue.erased_at !== null && issue.copy_gone_at === null && perhapsThere(issue),
  }
}

export type IssueLine = Awaited<ReturnType<typeof lineOf>>
