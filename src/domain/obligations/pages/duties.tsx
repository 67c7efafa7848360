import { Button, ButtonLink, DataTable, DeskLayout, Empty, PageHead, Pagination, PostButton, Select, Checkbox } from '../../../ui/index.ts'
import { PostForm } from '../../../ui/post-form.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Cell } from '../find.ts'
import type { PeopleDuties } from '../list-duties.ts'

type Props = PeopleDuties & { page: Page }
type Line = PeopleDuties['lines'][number]

/** People × what they owe: what is late first, one click to remind. */
export const DutiesPage = ({ page, columns, lines, people, behind, pages, choices }: Props) => {
  const reminds = page.may('people.manage')
  return (
    <DeskLayout page={page} title="Duties of people">
      <PageHead title="Duties of people" trail={<a href={at('/desk/people')}>People</a>} lead={leadOf(people, behind)}>
        {reminds && behind > 0 ? <PostButton to="/desk/people/duties/reminders" look="first">Remind all who are late</PostButton> : null}
        <ButtonLink href={at(`/desk/people/duties/export${page.url.search}`)} look="second">CSV</ButtonLink>
      </PageHead>
      <Narrow page={page} choices={choices} />
      {columns.length === 0 || lines.length === 0
        ? <Empty title="Nobody to show" text="Whoever has a policy to accept or a course to pass stands here." />
        : <PostForm action="/desk/people/duties/reminders" class="day-table">
            <DataTable caption="People and what they have to do" rows={lines} columns={[
              { head: 'Person', header: true, cell: ({ person, name }: Line) => <a href={at(`/desk/people/${person}`)}>{name}</a> },
              { head: 'Late', end: true, cell: ({ late }: Line) => late === 0 ? '' : late },
              ...reminds ? [{ head: 'Remind', cell: (line: Line) => owes(line, columns) ? <Remind person={line.person} name={line.name} /> : '' }] : [],
              ...columns.map(({ key, title }) => ({ head: title, cell: ({ cells }: Line) => state(cells[key]) })),
            ]} />
          </PostForm>}
      <Paged page={page} pages={pages} />
      {reminds && columns.length > 0 ? (
        <details class="sheet">
          <summary>Remind everybody of one thing</summary>
          <ul class="results">{columns.filter(({ byOthers }) => !byOthers).map(({ key, title, place }) => (
            <li><a href={at(place)}>{title}</a> <PostButton to="/desk/people/duties/reminders" values={{ key }}>Remind</PostButton></li>
          ))}</ul>
        </details>
      ) : null}
    </DeskLayout>
  )
}

/** Something that is theirs to do. */
const owes = ({ cells }: Line, columns: PeopleDuties['columns']) => columns.some(({ key, byOthers }) => !byOthers && cells[key] && cells[key].state !== 'done')

const leadOf = (people: number, behind: number): string =>
  `${people} ${people === 1 ? 'person' : 'people'}, ${behind === 0 ? 'nobody is late' : behind === 1 ? 'one is late' : `${behind} are late`}.`

const state = (of: Cell | undefined) => {
  if (!of) return <span class="soft">not asked</span>
  if (of.state === 'done') return of.day
  return of.state === 'late' ? <span class="count count-late">late since {of.day}</span> : <span class="soft">due {of.day}</span>
}

const Remind = ({ person, name }: { person: string; name: string }) =>
  <Button name="person" value={person} look="quiet">Remind<span class="unseen"> {name}</span></Button>

const Narrow = ({ page, choices: { roles, countries, managers } }: { page: Page; choices: PeopleDuties['choices'] }) => {
  const now = (name: string) => page.url.searchParams.get(name) ?? ''
  const options = (values: readonly string[]) => [{ value: '', label: 'All' }, ...values.map((value) => ({ value, label: value }))]
  return (
    <form method="get" action={at('/desk/people/duties')} class="finder">
      <Select name="role" label="Role" value={now('role')} options={options(roles)} />
      {managers.length > 0 ? <Select name="manager" label="Manager" value={now('manager')}
        options={[{ value: '', label: 'All' }, ...managers.map(({ id, name }) => ({ value: id, label: name }))]} /> : null}
      {countries.length > 0 ? <Select name="country" label="Country" value={now('country')} options={options(countries)} /> : null}
      <Checkbox name="late" label="Late only" checked={now('late') === 'yes'} />
      <Button look="second">Show</Button>
    </form>
  )
}

const Paged = ({ page, pages }: { page: Page; pages: number }) => {
  const here = Number(page.url.searchParams.get('page') ?? 1)
  const to = (n: number) => {
    const query = new URLSearchParams(page.url.search)
    query.set('page', String(n))
    return `/desk/people/duties?${query}`
  }
  return pages <= 1 ? null
    : <Pagination shown={`Page ${here} of ${pages}`} earlier={here > 1 ? to(here - 1) : undefined} later={here < pages ? to(here + 1) : undefined} />
}
