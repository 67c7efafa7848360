import { capital } from '../../../lib/words.ts'
import { Button } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { DataTable, PageHead, Pagination, Tabs } from '../../../ui/facts.tsx'
import { Empty, ErrorSummary } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { valuesOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { queues, type Queue } from '../../gates/index.ts'
import { queryOf, type Filter } from '../desk/filter.ts'
import type { InboxLine } from '../desk/inbox.ts'
import { ManyForm, Tick, UndoLast, type Undoable } from './inbox-many.tsx'
import { Narrow, SavedViews, type Views } from './inbox-views.tsx'

export interface Inbox {
  page: Page
  filter: Filter
  search: string
  reports: readonly InboxLine[]
  next: string | null
  open: number
  mine: number
  late: number
  open_by_queue: Readonly<Record<Queue, number>>
  views: Views
  lastDone: Undoable
  input?: Entered | undefined
  errors?: FieldErrors | undefined
}

export const InboxPage = (of: Inbox) => {
  const { page, filter, search, reports, next, views } = of
  return (
    <DeskLayout page={page} title="Reports" live>
      <PageHead title="Reports" lead={lead(of)} />
      <ErrorSummary errors={of.errors} />
      <UndoLast lastDone={of.lastDone} />
      <form method="get" action={at('/desk/reports')} class="search" role="search">
        <label class="unseen" for="search">Search reports</label>
        <input id="search" type="search" name="search" value={search} placeholder="Search: words, &quot;a phrase&quot;, -not, ACME-142" />
        <Button look="second">Search</Button>
      </form>
      {search ? null : <Tabs label="Which reports" here={inboxAt(filter)} tabs={tabs(of)} />}
      {search ? null : <SavedViews saved={views.saved} filter={filter} />}
      {filter.queue ? <p class="soft">{queueInWords[filter.queue]}</p> : null}
      {reports.length > 0 ? <List {...of} /> : <NothingHere search={search} state={filter.state} />}
      {next ? <Pagination shown={`${reports.length} shown`} later={inboxAt(filter, { before: next })} /> : null}
      {search ? null : <Narrow filter={filter} views={views} />}
      {filter.queue && reports.length > 0 && page.may('reports.triage')
        ? <p><a href={at(`/desk/spam/${filter.queue}`)}>Close many of these as spam</a></p> : null}
    </DeskLayout>
  )
}

/** Whoever triages can tick lines and do something with all of them. */
const List = ({ page, filter, reports, views, input, errors }: Inbox) => page.may('reports.triage')
  ? (
    <ManyForm query={queryOf(filter) || 'state=open'} triagers={views.triagers} input={input} errors={errors}>
      <InboxTable reports={reports} zone={page.zone} ticked={valuesOf(input, 'reports')} />
    </ManyForm>
  )
  : <InboxTable reports={reports} zone={page.zone} />

/** The address of a view of the inbox. */
export function inboxAt(filter: Partial<Filter>, more: Readonly<Record<string, string>> = {}): string {
  const query = [queryOf(filter), new URLSearchParams(more).toString()].filter(Boolean).join('&')
  return query ? `/desk/reports?${query}` : '/desk/reports'
}

const many = (n: number) => n >= 1000 ? '1,000 or more' : String(n)
const lead = ({ open, late }: Inbox) => open === 0 ? 'Nothing is open.'
  : `${many(open)} open, ${late === 0 ? 'none late' : `${many(late)} late`}. What breaks next is on top.`

/** What is open, as a whole, by whose it is and by class; then the rest. */
const tabs = ({ open_by_queue: byQueue, mine, late }: Inbox) => [
  { to: inboxAt({}), label: 'Open' },
  { to: inboxAt({ assignee: 'me' }), label: 'Mine', ...mine > 0 && { count: mine } },
  { to: inboxAt({ overdue: 'yes' }), label: 'Late', ...late > 0 && { count: late } },
  ...queues.map((queue) => ({ to: inboxAt({ queue }), label: capital(queue), ...byQueue[queue] > 0 && { count: byQueue[queue] } })),
  { to: inboxAt({ state: 'done' }), label: 'Done' }, { to: inboxAt({ state: 'all' }), label: 'All' },
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
export const InboxTable = ({ reports, zone, ticked }: { reports: readonly InboxLine[]; zone: string; ticked?: readonly string[] }) => (
  <DataTable caption="Reports" rows={reports} columns={[
    ...ticked ? [{ head: 'Tick', cell: ({ id, short_id: title }: InboxLine) => <Tick id={id} title={title} ticked={ticked.includes(id)} /> }] : [],
    { head: 'Report', header: true, cell: (report) => <Title of={report} /> },
    { head: 'Next', cell: (report) => <Next of={report} zone={zone} /> },
    { head: 'State', cell: (report) => <>{capital(report.state)}{report.waiting ? <span class="soft">, waiting for the reporter</span> : null}</> },
    { head: 'Severity', cell: ({ severity }) =>
      severity ? <span class={`severity severity-${severity}`}>{capital(severity)}</span> : <span class="soft">not judged</span> },
    { head: 'Whose', cell: ({ assignee }) => assignee?.name ?? <span class="soft">nobody’s</span> },
    { head: 'Received', cell: (report) => <Time at={report.received_at} zone={zone} /> },
  ]} />
)

const Title = ({ of: { id, title, short_id: number, restricted, unread, mentioned, tags } }: { of: InboxLine }) => (
  <>
    <a href={at(`/desk/reports/${id}`)} class={unread ? 'unread' : 'read'} data-walk>{title ?? 'Erased'}</a>
    {unread ? <span class="unseen">, not read</span> : null}{mentioned ? <strong class="mention"> @you</strong> : null}
    <div class="soft"><code class="reference">{number}</code>{restricted ? ' · restricted' : ''}{tags.map((tag) => <> <span class="tag">{tag}</span></>)}</div>
  </>
)

const Next = ({ of: { due, due_at: dueAt, late }, zone }: { of: InboxLine; zone: string }) => {
  if (!due) return <span class="soft">nothing</span>
  if (dueAt === null) return <>{due}<div class="soft">its clock stands still</div></>
  return <>{due}<div class={late ? 'due due-late' : 'due'}>{late ? 'was due' : 'by'} <Time at={dueAt} zone={zone} /></div></>
}
