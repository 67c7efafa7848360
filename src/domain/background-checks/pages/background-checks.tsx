import { Button, DataTable, DefinitionList, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, RadioGroup, Select, Time,
  type Draft } from '../../../ui/index.ts'
import { countries, countryName } from '../../../lib/countries.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { BackgroundCheck } from '../find.ts'
import type { Law } from '../record-check.ts'

interface Laws extends Draft {
  page: Page
  laws: readonly { country: string; permitted: boolean; reason: string; said_at: Date }[]
  /** Where people of the team are, and nobody has asked a lawyer. */
  open: readonly string[]
}

/** What the company's own lawyer says, country by country. */
export const LawsPage = ({ page, laws, open, ...draft }: Laws) => (
  <DeskLayout page={page} title="Background checks">
    <PageHead title="Background checks" lead="Whether the law of a country allows them. Avow knows no law: ask your lawyer, and write down what they say." />
    <ErrorSummary errors={draft.errors} />
    {open.length > 0 ? <Notice tone="warning" title="Ask your lawyer">
      {`People work in ${open.map(named).join(', ')}, and nobody has said what the law there allows.`}
    </Notice> : null}
    {laws.length === 0 ? <Empty title="Nothing is written down yet" text="Begin with the countries where your people work." /> : (
      <DataTable caption="Countries" rows={laws} columns={[
        { head: 'Country', header: true, cell: ({ country }) => named(country) },
        { head: 'Allowed', cell: ({ permitted }) => permitted ? 'yes' : 'no' },
        { head: 'On what this rests', cell: ({ reason }) => reason },
        { head: 'Said', cell: ({ said_at: said }) => <Time at={said} zone={page.zone} dateOnly /> },
      ]} />
    )}
    {page.may('people.manage') ? (
      <section class="sheet stack" aria-labelledby="say">
        <h2 id="say">What the lawyer says</h2>
        <Form to="/desk/background-checks">
          <Select {...kept(draft, 'country')} label="Country" placeholder="Choose"
            options={countries.map(({ code, name }) => ({ value: code, label: name }))} />
          <RadioGroup {...kept(draft, 'permitted')} label="A background check is"
            options={[{ value: 'yes', label: 'allowed' }, { value: 'no', label: 'not allowed' }]} />
          <Field {...kept(draft, 'reason')} label="On what this rests" hint="The law, and who said so. Where it is not allowed, this stands in the record." />
          <Button>Save</Button>
        </Form>
      </section>
    ) : null}
  </DeskLayout>
)

interface Check extends Draft {
  page: Page
  person: { id: string; name: string; country: string | null }
  law: Law
  newest: BackgroundCheck | undefined
}

/** A word and a date. */
export const CheckPage = ({ page, person, law, newest, ...draft }: Check) => (
  <DeskLayout page={page} title={`Background check of ${person.name}`}>
    <PageHead title={`Background check of ${person.name}`} trail={<a href={at('/desk/first-days')}>First days</a>} />
    <ErrorSummary errors={draft.errors} />
    <DefinitionList of={[
      ['Country', person.country ? named(person.country) : 'nobody has said it'],
      ['The law there', `${law.permitted === null ? '' : law.permitted ? 'Allows it. ' : 'Does not allow it. '}${law.reason}`],
      ['So far', newest ? `${words[newest.result]}, ${newest.decided_on}` : 'no result'],
    ]} />
    {page.may('people.manage') ? (
      <section class="sheet stack" aria-labelledby="record">
        <h2 id="record">What it came to</h2>
        <p>A word and a date, and nothing else. There is no place here for the report, and it is better not kept at all.</p>
        <Form to={`/desk/first-days/${person.id}/background-check`}>
          <RadioGroup {...kept(draft, 'result')} label="The result" options={Object.entries(words).map(([value, label]) => ({ value, label }))} />
          <Field {...kept(draft, 'decided_on')} label="Its date" type="date" />
          <Field {...kept(draft, 'reason')} label="Why the law does not permit it" optional
            hint={law.permitted === false ? `Only then. Empty: ${law.reason}` : 'Only then.'} />
          <Button>Record it</Button>
        </Form>
      </section>
    ) : null}
  </DeskLayout>
)

const named = (country: string) => countryName(country) ?? country

const words = { cleared: 'cleared', 'not-cleared': 'not cleared', 'not-permitted': 'not permitted by law' } as const
