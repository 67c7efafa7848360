import { Notice, PostButton, Time } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import { addPart, readOnce, type ReportView } from '../../reports/index.ts'
import { bridges } from '../find.ts'
import { listIssues, type IssueLine } from '../list-bridges.ts'
import { inWords } from './words.ts'

const issuesOf = readOnce(async (page, { id }) => (await page.read(listIssues, { report: id })).issues)

const Where = ({ issue: { host, project, number, url } }: { issue: IssueLine }) => {
  const name = `${project}${number === null ? '' : `#${number}`}`
  return <>{url ? <a href={url} rel="noreferrer">{name}</a> : name} at {host}</>
}

/** Questions to a person: what happened elsewhere decides nothing here. */
addPart({
  name: 'issues that ask', on: 'case', order: 5, may: 'reports.triage',
  async draw(page, report) {
    const asking = (await issuesOf(page, report)).filter((issue) => mayBeFixed(issue, report) || issue.copy_remains)
    if (asking.length === 0) return null
    return (
      <>
        {asking.map((issue) => issue.copy_remains
          ? <CopyNotice issue={issue} report={report.id} /> : <ClosedNotice issue={issue} report={report.id} />)}
      </>
    )
  },
})

const mayBeFixed = ({ closed_there: closed }: IssueLine, { steps }: ReportView) => closed && steps.includes('fix')

interface Asking { issue: IssueLine; report: string }

const ClosedNotice = ({ issue, report }: Asking) => (
  <Notice title="The issue was closed: is the fix live?">
    <p><Where issue={issue} /></p>
    <div class="actions">
      <PostButton to={`/desk/reports/${report}/fix`}>Yes, it is where users are</PostButton>
      <PostButton to={`/desk/reports/${report}/issues/${issue.id}/not-live`} look="quiet">No, not yet</PostButton>
    </div>
  </Notice>
)

const CopyNotice = ({ issue, report }: Asking) => (
  <Notice tone="warning" title="Erased here, yet a copy may exist elsewhere">
    <p><Where issue={issue} />. {issue.number === null ? 'Look for it there by its reference, and delete it.' : 'Delete the issue there.'}</p>
    <PostButton to={`/desk/reports/${report}/issues/${issue.id}/copy-end`}>It is deleted there</PostButton>
  </Notice>
)

/** Beside the case: where it has gone, and the way to pass it on. */
addPart({
  name: 'issues', on: 'case-side', order: 50, may: 'reports.read',
  async draw(page, report) {
    const [issues, connected] = await Promise.all([issuesOf(page, report), page.reading(bridges)])
    const mayPass = connected.length > 0 && report.reported !== null && page.may('reports.triage')
    if (issues.length === 0 && !mayPass) return null
    return (
      <section class="stack" aria-labelledby="issues-title">
        <h2 id="issues-title">Passed on</h2>
        {issues.length === 0 ? <p class="soft">It has not left Avow.</p> : null}
        {issues.map((issue) => <IssueBeside issue={issue} zone={page.zone} />)}
        {mayPass ? <p><a href={at(`/desk/reports/${report.id}/pass-on`)}>Pass it on to an issue tracker</a></p> : null}
      </section>
    )
  },
})

const IssueBeside = ({ issue, zone }: { issue: IssueLine; zone: string }) => (
  <div class="stack">
    <p>
      <strong><Where issue={issue} /></strong>: {standing(issue)}.
      {' '}<span class="soft">By {issue.passed_by}, <Time at={issue.passed_at} zone={zone} />.</span>
    </p>
    {issue.problem && !issue.erased ? <p>{inWords(issue.problem)}</p> : null}
    {issue.content ? <details><summary>{issue.state === 'sent' ? 'What was sent' : 'What is in it'}</summary><p>{issue.content.title}</p><p
      class="as-written">{issue.content.text}</p></details> : null}
  </div>
)

function standing({ state, there, erased, copy_remains: remains }: IssueLine): string {
  if (erased) return remains ? 'a copy may exist there' : 'no copy is there'
  if (state === 'waiting') return 'on its way'
  if (state === 'refused') return 'was not sent'
  return state === 'gone' ? 'cannot be reached any more' : `${there ?? 'open'} there`
}
