import { listKinds, RecordTabs } from '../../../ledger/index.ts'
import { Button, DataTable, DeskLayout, Empty, PageHead, Pagination, Time } from '../../../ui/index.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listEntriesQuery, type NamedEntry } from '../list-entries.ts'
import { auditors, Subjects } from './parts.tsx'

/** Every entry there is, newest first; by its number, its kind, or what it is about. */
export function entryPages(web: Web): void {
  web.get('/desk/record', auditors, entriesPage)
}

const lead = 'Whatever happened, in the order of the log. Nothing in it can be changed; what was wrong is corrected by an entry of its own.'

async function entriesPage(page: Page) {
  const asked = page.url.searchParams
  const number = asked.get('entry')?.trim() ?? ''
  if (/^\d{1,15}$/.test(number)) return seeOther(page, `/desk/record/${Number(number)}`)
  const kinds = asked.getAll('kinds').flatMap((list) => list.split(/[\s,]+/)).filter(Boolean).slice(0, 50)
  const about = asked.get('about') ?? ''
  const before = /^\d{1,15}$/.test(asked.get('before') ?? '') ? Number(asked.get('before')) : undefined
  const { entries, next } = await page.read(listEntriesQuery, { kinds, about, before })
  const filter = new URLSearchParams({ ...kinds.length > 0 && { kinds: kinds.join(',') }, ...about && { about } })
  const later = next === null ? undefined : `/desk/record?${new URLSearchParams([...filter, ['before', String(next)]])}`
  const newest = before === undefined ? undefined : `/desk/record?${filter}`
  return (
    <DeskLayout page={page} title="The record">
      <PageHead title="The record" lead={lead} />
      <RecordTabs here="/desk/record" />
      <Finder kinds={kinds.join(' ')} about={about} />
      {entries.length > 0 ? <EntryTable entries={entries} zone={page.zone} /> : <NothingFound />}
      {later || newest ? <Pagination shown={`${entries.length} shown`} later={later} earlier={newest} earlierLabel="Newest" /> : null}
    </DeskLayout>
  )
}

const Finder = ({ kinds, about }: { kinds: string; about: string }) => (
  <form method="get" action={at('/desk/record')} class="finder" role="search">
    <div class="field"><label class="label" for="entry">Number</label><input id="entry" name="entry" inputmode="numeric" autocomplete="off" /></div>
    <div class="field">
      <label class="label" for="kinds">Kind</label><input id="kinds" name="kinds" value={kinds} list="kind-list" autocomplete="off" />
      <datalist id="kind-list">{listKinds().map(({ kind }) => <option value={kind}></option>)}</datalist>
    </div>
    <div class="field">
      <label class="label" for="about">About</label>
      <input id="about" name="about" value={about} autocomplete="off" placeholder="Id, or short name of a system" />
    </div>
    <Button look="second">Find</Button>
  </form>
)

const NothingFound = () => <Empty title="Nothing found" text="No entry is like that."><a href={at('/desk/record')}>All entries</a></Empty>

const EntryTable = ({ entries, zone }: { entries: readonly NamedEntry[]; zone: string }) => (
  <DataTable caption="Entries" rows={entries} columns={[
    { head: 'Entry', header: true, cell: ({ index }) => <a href={at(`/desk/record/${index}`)}>{index}</a> },
    { head: 'What', cell: ({ kind, about }) => <><code>{kind}</code><div class="soft">{about}</div></> },
    { head: 'About', cell: ({ subjects }) => <Subjects of={subjects} /> },
    { head: 'Recorded', cell: ({ at: when }) => <Time at={when} zone={zone} /> },
  ]} />
)
