import { capital } from '../../../lib/words.ts'
import { span } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { InboxLine } from '../desk/inbox.ts'
import { Tick } from './inbox-many.tsx'

interface Table {
  reports: readonly InboxLine[]
  now: number
  /** In the order of what breaks next: then a heading says where today ends. */
  byDue: boolean
  /** Of those who triage: what is ticked. */
  ticked?: readonly string[]
}

/** The inbox as a table that is read in a glance: two short lines a report, and how far away its next date is instead of the date. */
export const InboxTable = ({ reports, now, byDue, ticked }: Table) => (
  <div class="table-box">
    <table class="inbox">
      <caption><span class="unseen">Reports</span></caption>
      <thead><tr>
        {ticked ? <th scope="col"><span class="unseen">Tick</span></th> : null}
        <th scope="col">Report</th><th scope="col">Next</th><th scope="col">Severity</th><th scope="col">Whose</th><th scope="col">Received</th>
      </tr></thead>
      {groupsOf(reports, now, byDue).map(([title, rows]) => (
        <tbody>
          {title ? <tr class="inbox-group"><th colspan={ticked ? 6 : 5} scope="rowgroup">{title}</th></tr> : null}
          {rows.map((report) => <Row report={report} now={now} {...ticked && { ticked: ticked.includes(report.id) }} />)}
        </tbody>
      ))}
    </table>
  </div>
)

const DAY = 86_400_000

/** Of what lies in one order of dates, the parts that somebody plans by. */
function groupsOf(reports: readonly InboxLine[], now: number, byDue: boolean): [title: string, rows: readonly InboxLine[]][] {
  if (!byDue) return [['', reports]]
  const groups = Map.groupBy(reports, ({ due_at: due, late }) => late ? 'Late' : due === null ? 'No date'
    : Date.parse(due) - now < DAY ? 'Within a day' : Date.parse(due) - now < 7 * DAY ? 'Within a week' : 'Later')
  return [...groups]
}

const Row = ({ report, now, ticked }: { report: InboxLine; now: number; ticked?: boolean }) => {
  const { id, severity, assignee, received_at: received } = report
  return (
    <tr>
      {ticked === undefined ? null : <td><Tick id={id} title={report.short_id} ticked={ticked} /></td>}
      <th scope="row"><Title of={report} /></th>
      <td><Next of={report} now={now} /></td>
      <td>{severity ? <span class={`severity severity-${severity}`}>{capital(severity)}</span> : null}</td>
      <td>{assignee?.name}</td>
      <td class="soft"><Away at={received} now={now} /></td>
    </tr>
  )
}

const Title = ({ of: { id, title, short_id: number, state, waiting, restricted, unread, mentioned, undelivered, tags } }: { of: InboxLine }) => (
  <>
    <a href={at(`/desk/reports/${id}`)} class={unread ? 'unread' : 'read'} data-walk>{title ?? 'Erased'}</a>
    {unread ? <span class="unseen">, not read</span> : null}{mentioned ? <strong class="mention"> @you</strong> : null}
    <div class="inbox-line">
      <code class="reference">{number}</code> {capital(state)}{waiting ? ', waiting for the reporter' : ''}{restricted ? ' · restricted' : ''}
      {undelivered ? <strong class="warning"> your answer did not arrive</strong> : null}
      {tags.map((tag) => <> <span class="tag">{tag}</span></>)}
    </div>
  </>
)

const Next = ({ of: { due, due_at: dueAt, late }, now }: { of: InboxLine; now: number }) => {
  if (!due) return <span class="soft">Nothing</span>
  if (dueAt === null) return <>{due}<div class="inbox-line">its clock stands still</div></>
  return <>{due}<div class={late ? 'due due-late' : 'due'}><Away at={dueAt} now={now} /></div></>
}

/** `in 2 d 4 h`, `3 d ago`; the moment itself is its title. */
const Away = ({ at: when, now }: { at: string; now: number }) => {
  const away = Date.parse(when) - now
  return <time datetime={when} title={when}>{away > 0 ? `in ${span(away)}` : `${span(-away)} ago`}</time>
}
