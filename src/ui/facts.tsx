import type { Child, PropsWithChildren } from 'hono/jsx'
import { at } from '../web/place.ts'

/** Names and what they are; what is absent is not shown. */
export const DefinitionList = ({ of }: { of: readonly (readonly [string, Child | undefined])[] }) => (
  <div class="facts-box">
    <dl class="facts">
      {of.filter(([, value]) => value !== undefined && value !== null && value !== '').map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}
    </dl>
  </div>
)

export interface Column<Row> { readonly head: string; readonly cell: (row: Row) => Child; readonly end?: boolean; readonly header?: boolean }

interface Table<Row> { caption: string; columns: readonly Column<Row>[]; rows: readonly Row[]; unseenCaption?: boolean }

/** A table; on a phone each row becomes a card whose lines carry the column's name. */
export const DataTable = <Row,>({ caption, columns, rows, unseenCaption = true }: Table<Row>) => (
  <div class="table-box">
    <table class="table-cards">
      <caption><span class={unseenCaption ? 'unseen' : undefined}>{caption}</span></caption>
      <thead><tr>{columns.map(c => <th scope="col" class={c.end ? 'end' : undefined}>{c.head}</th>)}</tr></thead>
      <tbody>
        {rows.map(row => (
          <tr>
            {columns.map(c => c.header
              ? <th scope="row">{c.cell(row)}</th>
              : <td data-label={c.head} class={c.end ? 'end' : undefined}>{c.cell(row)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

/** Pages by position in the list: earlier and later, each a link that can be kept. */
interface Pages { earlier?: string | undefined; later?: string | undefined; shown: string; earlierLabel?: string }

export const Pagination = ({ earlier, later, shown, earlierLabel = 'Previous' }: Pages) => (
  <nav class="pages" aria-label="Pages">
    {earlier ? <a class="button button-second" rel="prev" href={at(earlier)}>{earlierLabel}</a> : null}
    <span class="soft">{shown}</span>
    {later ? <a class="button button-second" rel="next" href={at(later)}>Next</a> : null}
  </nav>
)

/** Views of one thing, each with its own address. */
export const Tabs = ({ label, tabs, here }: { label: string; tabs: readonly { to: string; label: string; count?: number | string }[]; here: string }) => (
  <nav aria-label={label}>
    <ul class="tabs">
      {tabs.map(tab => (
        <li>
          <a href={at(tab.to)} aria-current={tab.to === here ? 'page' : undefined}>
            {tab.label}{tab.count === undefined ? null : <span class="count">{tab.count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Text that people carry elsewhere: a phrase, an address, a key. The button comes with script; without it the text can be selected. */
export const CopyText = ({ text, label, large }: { text: string; label: string; large?: boolean }) => (
  <div class={large ? 'copy copy-large' : 'copy'} data-copy={label}><code>{text}</code></div>
)

/** Work that takes a while. Without `value` it says that it goes on. */
export const Progress = ({ label, value, max = 100 }: { label: string; value?: number; max?: number }) => (
  <label class="field"><span>{label}</span><progress value={value} max={max}></progress></label>
)

/** A page's title, a sentence under it, and what can be done at its side. */
export const PageHead = ({ title, lead, trail, children }: PropsWithChildren<{ title: Child; lead?: Child; trail?: Child }>) => (
  <div class="page-head">
    <div>
      {trail ? <p class="trail">{trail}</p> : null}
      <h1>{title}</h1>
      {lead ? <p>{lead}</p> : null}
    </div>
    {children ? <div class="actions">{children}</div> : null}
  </div>
)
