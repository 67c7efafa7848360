import { capital } from '../../../lib/words.ts'
import { Button } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { DataTable, PageHead, Pagination, Tabs } from '../../../ui/facts.tsx'
import { Empty } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { ReportLine } from '../list-reports.ts'

export interface Inbox { page: Page; state: 'open' | 'done' | 'all'; search: string; reports: readonly ReportLine[]; next: string | null; open: number }

export const InboxPage = ({ page, state, search, reports, next, open }: Inbox) => (
  <DeskLayout page={page} title="Reports" live>
    <PageHead title="Reports" lead={open === 0 ? 'Nothing is open.' : `${open >= 1000 ? '1,000 or more' : open} open.`} />
    <form method="get" action={at('/desk/reports')} class="search" role="search">
      <label class="unseen" for="search">Search reports</label>
      <input id="search" type="search" name="search" value={search} placeholder="Search: words, &quot;a phrase&quot;, -not" />
      <Button look="second">Search</Button>
    </form>
    {search ? null : <Tabs label="Which reports" here={`/desk/reports?state=${state}`}
      tabs={(['open', 'done', 'all'] as const).map((s) => ({ to: `/desk/reports?state=${s}`, label: capital(s) }))} />}
    {reports.length > 0 ? <ReportTable reports={reports} zone={page.zone} /> : <NothingHere search={search} state={state} />}
    {next ? <Pagination shown={`${reports.length} shown`} later={`/desk/reports?state=${state}&before=${next}`} /> : null}
  </DeskLayout>
)

const NothingHere = ({ search, state }: { search: string; state: string }) =>
  search
    ? (
      <Empty title="Nothing found" text="Search finds whole words in their different endings. Try fewer or other words.">
        <a href={at('/desk/reports')}>All open reports</a>
      </Empty>
    )
    : (
      <Empty title={state === 'open' ? 'No open reports' : 'No reports here'} text="A report that arrives stands here within a second.">
        <a href={at('/report')}>See the form that researchers fill in</a>
      </Empty>
    )

/** The inbox as a table. `report.title` is null once erased. */
export const ReportTable = ({ reports, zone }: { reports: readonly ReportLine[]; zone: string }) => (
  <DataTable caption="Reports" rows={reports} columns={[
    { head: 'Report', header: true, cell: (report) => (
      <><a href={at(`/desk/reports/${report.id}`)}>{report.title ?? 'Erased'}</a>{report.restricted ? <span class="soft"> · restricted</span> : null}</>
    ) },
    { head: 'Reference', cell: (report) => <code class="reference">{report.reference}</code> },
    { head: 'Severity', cell: ({ severity }) =>
      severity ? <span class={`severity severity-${severity}`}>{capital(severity)}</span> : <span class="soft">not judged</span> },
    { head: 'State', cell: (report) => <>{capital(report.state)}{report.waiting ? <span class="soft">, waiting for the reporter</span> : null}</> },
    { head: 'Received', cell: (report) => <Time at={report.received_at} zone={zone} /> },
  ]} />
)
