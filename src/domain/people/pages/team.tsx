import { countryName } from '../../../lib/countries.ts'
import { ButtonLink, DataTable, DeskLayout, Empty, Field, PageHead, Pagination } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { TeamMember } from '../export-team.ts'

const perPage = 100
type Shown = 'here' | 'to come' | 'left'
const shownOf = ({ here, left_at: left }: TeamMember): Shown => here ? 'here' : left ? 'left' : 'to come'

/** Everybody, a hundred at a time; by name, address, title or department. */
export const TeamPage = ({ page, people }: { page: Page; people: readonly TeamMember[] }) => {
  const query = page.url.searchParams
  const [words, from] = [(query.get('q') ?? '').trim().toLowerCase(), Math.max(0, Number.parseInt(query.get('from') ?? '0', 10) || 0)]
  const show = (['to come', 'left'] as const).find((one) => one === query.get('show')) ?? 'here'
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const found = people.filter((one) => shownOf(one) === show && matches(one, words)).toSorted((a, b) => a.name.localeCompare(b.name))
  const without = people.filter(({ here, member }) => here && !member).length
  return (
    <DeskLayout page={page} title="People">
      <PageHead title="People" lead={leadOf(people, without)}>
        {page.may('people.manage') ? <ButtonLink href={at('/desk/people/new')}>Add somebody</ButtonLink> : null}
        {page.may('people.manage') ? <ButtonLink href={at('/desk/people/import')} look="second">Import</ButtonLink> : null}
        <ButtonLink href={at('/desk/people/export')} look="second">Export</ButtonLink>
        <ButtonLink href={at('/desk/checklists')} look="second">Checklists</ButtonLink>
      </PageHead>
      <form class="stack" role="search" action={at('/desk/people')}>
        <Field name="q" type="search" label="Find" value={query.get('q') ?? ''} optional />
        <nav aria-label="Who is shown"><ul class="tabs">{(['here', 'to come', 'left'] as const).map((one) => (
          <li><a href={at(addressOf(one, words, 0))} aria-current={one === show ? 'page' : undefined}>{tab[one]}
            <span class="count">{people.filter((person) => shownOf(person) === one).length}</span></a></li>
        ))}</ul></nav>
      </form>
      {found.length === 0 ? <Empty title="Nobody" text="Nobody is found here with these words." />
        : <TeamTable people={found.slice(from, from + perPage)} nameOf={(id) => names.get(id ?? '')} />}
      {found.length > perPage ? <Pagination shown={`${from + 1} to ${Math.min(from + perPage, found.length)} of ${found.length}`}
        earlier={from > 0 ? addressOf(show, words, Math.max(0, from - perPage)) : undefined}
        later={from + perPage < found.length ? addressOf(show, words, from + perPage) : undefined} /> : null}
    </DeskLayout>
  )
}

const tab: Readonly<Record<Shown, string>> = { here: 'Here', 'to come': 'To come', left: 'Left' }

const addressOf = (show: Shown, q: string, from: number): string =>
  `/desk/people?${new URLSearchParams({ show, ...q !== '' && { q }, ...from > 0 && { from: String(from) } }).toString()}`

const matches = ({ name, address, title, department }: TeamMember, words: string): boolean =>
  words === '' || [name, address, title, department].some((one) => one?.toLowerCase().includes(words))

function leadOf(people: readonly TeamMember[], without: number): string {
  const here = people.filter((one) => one.here).length
  return `${here} ${here === 1 ? 'person is' : 'people are'} of the team${without > 0 ? `; ${without} without an account, who can do nothing in Avow` : ''}.`
}

const TeamTable = ({ people, nameOf }: { people: readonly TeamMember[]; nameOf: (id: string | null) => string | undefined }) => (
  <DataTable caption="The team" rows={people} columns={[
    { head: 'Name', header: true, cell: ({ id, name }) => <a href={at(`/desk/people/${id}`)}>{name}</a> },
    { head: 'Work', cell: ({ title, department }) => [title, department].filter(Boolean).join(', ') },
    { head: 'Country', cell: ({ country }) => country && (countryName(country) ?? country) },
    { head: 'Manager', cell: ({ manager }) => nameOf(manager) },
    { head: 'First day', cell: ({ starts_on }) => starts_on },
    { head: 'Last day', cell: ({ ends_on }) => ends_on },
    { head: 'In Avow', cell: ({ member, left_at: left }) => member ? 'yes' : left ? 'no' : 'no account: can do nothing here' },
  ]} />
)
