import { capital } from '../../../lib/words.ts'
import { Button } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { DataTable, PageHead, Pagination, Tabs } from '../../../ui/facts.tsx'
import { Empty } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { queues, type Queue } from '../../gates/index.ts'
import type { ReportLine } from '../list-reports.ts'

export interface Inbox { page: Page; state: 'open' | 'done' | 'all'; queue: Queue | undefined; search: string; reports: readonly ReportLine[]; next: string | null; open: number; open_by_queue: Readonly<Record<Queue, number>> }

export const InboxPage = ({ page, state, queue, search, reports, next, open, open_by_queue: byQueue }: Inbox) => (
  <DeskLayout page={page} title="Reports" live>
    <PageHead title="Reports" lead={open === 0 ? 'Nothing is open.' : `${open >= 1000 ? '1,000 or more' : open} open.`} />
    <form method="get" action={at('/desk/reports')} class="search" role="search">
      <label class="unseen" for="search">Search reports</label>
      <input id="search" type="search" name="search" value={search} placeholder="Search: words, &quot;a phrase&quot;, -not" />
      <Button look="second">Search</Button>
    </form>
    {search ? null : <Tabs label="Which reports" here={address(state, queue)} tabs={tabs(byQueue)} />}
    {queue ? <p class="soft">{queueInWords[queue]}</p> : null}
    {reports.length > 0 ? <ReportTable reports={reports} zone={page.zone} /> : <NothingHere search={search} state={state} />}
    {next ? <Pagination shown={`${reports.length} shown`} later={`${address(state, queue)}&before=${next}`} /> : null}
    {queue && reports.length > 0 && page.may('reports.triage')
      ? <p><a href={at(`/desk/spam/${queue}`)}>Close many of these as spam</a></p> : null}
  </DeskLayout>
)

const address = (state: string, queue: Queue | undefined) => `/desk/reports?state=${state}${queue ? `&queue=${queue}` : ''}`

/** What is open, as a whole and by class; then the rest. */
const tabs = (byQueue: Inbox['open_by_queue']) => [
  { to: address('open', undefined), label: 'Open' },
  ...queues.map((queue) => ({ to: address('open', queue), label: capital(queue), ...byQueue[queue] > 0 && { count: byQueue[queue] } })),
  { to: address('done', undefined), label: 'Done' }, { to: address('all', undefined), label: 'All' },
]

const queueInWords: Record<Queue, string> = {
  proven: 'Somebody has seen it work, or it comes with a reproducer and the result to expect.',
  plausible: 'It says how to see the weakness, or comes from somebody who is known.',
  unproven: 'Something is missing: steps, or what it cites does not exist. Each case says what.',
  suspect: 'Sent by a stranger who sends much or without any effort. Nothing was refused; each case says why it stands here.',
}

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
