import { capital } from '../../../lib/words.ts'
import { Button } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { PageHead, Pagination, Tabs } from '../../../ui/facts.tsx'
import { Empty, ErrorSummary } from '../../../ui/notice.tsx'
import { valuesOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { queues, type Queue } from '../../gates/index.ts'
import { queryOf, type Filter } from '../desk/filter.ts'
import { COUNTED, isByDue, type InboxLine } from '../desk/inbox.ts'
import { ManyForm, UndoLast, type Undoable } from './inbox-many.tsx'
import { InboxTable } from './inbox-table.tsx'
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
  now: number
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
const List = ({ page, filter, search, reports, now, views, input, errors }: Inbox) => {
  const shown = { reports, now, byDue: !search && isByDue(filter) }
  return page.may('reports.triage')
    ? (
      <ManyForm query={queryOf(filter) || 'state=open'} triagers={views.triagers} input={input} errors={errors}>
        <InboxTable {...shown} ticked={valuesOf(input, 'reports')} />
      </ManyForm>
    )
    : <InboxTable {...shown} />
}

/** The address of a view of the inbox. */
export function inboxAt(filter: Partial<Filter>, more: Readonly<Record<string, string>> = {}): string {
  const query = [queryOf(filter), new URLSearchParams(more).toString()].filter(Boolean).join('&')
  return query ? `/desk/reports?${query}` : '/desk/reports'
}

const many = (n: number) => n >= COUNTED.whole ? '1,000 or more' : String(n)
const count = (n: number) => n > 0 && { count: n >= COUNTED.tab ? `${COUNTED.tab - 1}+` : n }
const lead = ({ open, late }: Inbox) => open === 0 ? 'Nothing is open.'
  : `${many(open)} open, ${late === 0 ? 'none late' : `${many(late)} late`}. What breaks next is on top.`

/** What is open, as a whole, by whose it is and by class; then the rest. */
const tabs = ({ open_by_queue: byQueue, mine, late }: Inbox) => [
  { to: inboxAt({}), label: 'Open' },
  { to: inboxAt({ assignee: 'me' }), label: 'Mine', ...count(mine) },
  { to: inboxAt({ overdue: 'yes' }), label: 'Late', ...count(late) },
  ...queues.map((queue) => ({ to: inboxAt({ queue }), label: capital(queue), ...count(byQueue[queue]) })),
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
