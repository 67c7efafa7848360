import { capital } from '../../../lib/words.ts'
import { Button, ButtonLink, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, type Draft } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { ListedArea } from '../responsibilities.ts'
import { parts, type Part } from '../tables.ts'

interface Props { page: Page; begun: boolean; areas: readonly ListedArea[]; edited: string; draft: Draft }

const hints: Readonly<Record<Part, string>> = {
  responsible: 'Whoever does the work.', accountable: 'The one person who answers for it.', consulted: 'Whoever is asked before.',
    informed: 'Whoever is told after.',
}

/** The table of who answers for what, with its holes; one area at a time is changed. */
export const ResponsibilitiesPage = ({ page, begun, areas, edited, draft }: Props) => {
  const holes = areas.filter((area) => area.holes.length > 0)
  return (
    <DeskLayout page={page} title="Responsibilities">
      <PageHead title="Responsibilities" lead="Who does the work, who answers for it, who is asked, who is told.">
        <ButtonLink href={at('/desk/responsibilities/export?as=csv')} look="second">As CSV</ButtonLink>
        <ButtonLink href={at('/desk/responsibilities/export?as=markdown')} look="second">As Markdown</ButtonLink>
      </PageHead>
      <ErrorSummary errors={draft.errors} />
      {!begun ? <Notice title="Nobody has begun this table">As soon as somebody has, a hole in it fails the check that every role is assigned.</Notice>
        : holes.length > 0 ? <Notice tone="warning"
          title={`${holes.length} ${holes.length === 1 ? 'area has' : 'areas have'} a hole`}>{holes.map(({ area }) => area).join(', ')}</Notice>
        : <Notice tone="good" title="No holes">Every area that a policy promises is somebody’s.</Notice>}
      {page.may('people.manage') && edited !== '' ? <Edit of={areas.find(({ area }) => area === edited)} area={edited} draft={draft} /> : null}
      <DataTable caption="Who answers for what" rows={areas} columns={[
        { head: 'Area', header: true, cell: ({ area }) => page.may('people.manage') ? <a
          href={at(`/desk/responsibilities?area=${encodeURIComponent(area)}`)}>{area}</a> : area },
        ...parts.map((part) => ({ head: capital(part), cell: (area: ListedArea) => area[part].map(({ name, here }) => here ? name
          : `${name} (not here)`).join(', ') })),
        { head: 'Missing', cell: ({ holes, promised }) => holes.length > 0 ? <strong>{holes.join(' ')}</strong> : promised ? '' : <span
          class="soft">not promised</span> },
      ]} />
    </DeskLayout>
  )
}

const Edit = ({ of, area, draft }: { of: ListedArea | undefined; area: string; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="edit">
    <h2 id="edit">{area}</h2>
    <Form to="/desk/responsibilities">
      <input type="hidden" name="area" value={area} />
      {parts.map((part) => (
        <Field {...kept(draft, part)} {...draft.input ? {} : { value: of?.[part].map(({ address, person }) => address || person).join('\n') ?? '' }}
          label={capital(part)} hint={`${hints[part]} A mail address in each line.`} rows={2} optional />
      ))}
      <Button>Save</Button>
    </Form>
  </section>
)
