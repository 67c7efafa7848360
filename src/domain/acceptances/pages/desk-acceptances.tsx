import { Button, CheckboxGroup, Checkbox, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, PageHead, PostButton, Select, Time, kept,
  type Draft } from '../../../ui/index.ts'
import { valuesOf } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'

export interface NamedPerson { readonly name: string; readonly asked_at: string; readonly reminded_at: string | null }
export interface PolicyRow {
  readonly policy: string
  readonly title: string
  readonly version: number
  readonly given: number
  readonly missing: readonly NamedPerson[]
}

interface Props extends Draft { page: Page; first: boolean; rows: readonly PolicyRow[]; all: readonly { readonly slug: string; readonly title: string }[] }

const roles = [
  { value: 'admin', label: 'Administrators' }, { value: 'triager', label: 'Triagers' }, { value: 'member', label: 'Members' },
]

/** Who has accepted what, who is behind, one click to remind them, and who has to. */
export const AcceptancesPage = ({ page, rows, all, first, ...draft }: Props) => (
  <DeskLayout page={page} title="Acceptances" live>
    <PageHead title="Acceptances" lead={leadOf(rows)}>
      {page.may('people.manage') && rows.some(({ missing }) => missing.length > 0) ? <PostButton to="/desk/acceptances/reminders"
        values={{ practice: 'policies' }} look="first">Remind all who are behind</PostButton> : null}
    </PageHead>
    <ErrorSummary errors={draft.errors} />
    {rows.length === 0
      ? <Empty title="Nobody has to accept a policy" text="They are asked as soon as a policy in force promises it, or you say below who has to." />
      : <DataTable caption="Policies" rows={rows} columns={[
          { head: 'Policy', header: true, cell: ({ policy, title }) => <a href={at(`/policies/${policy}`)}>{title}</a> },
          { head: 'Version', cell: ({ version }) => version },
          { head: 'Have accepted', cell: ({ given, missing }) => `${given} of ${given + missing.length}` },
          { head: 'Behind', cell: ({ missing }) => missing.length === 0 ? 'nobody' : <Behind people={missing} zone={page.zone} /> },
        ]} />}
    {page.may('people.manage') && all.length > 0 ? (
      <section class="sheet stack" aria-labelledby="who">
        <h2 id="who">Who has to accept a policy</h2>
        <Form to="/desk/acceptances">
          <Select {...kept(draft, 'policy')} label="Policy" options={all.map(({ slug, title }) => ({ value: slug, label: title }))} placeholder="Choose" />
          <CheckboxGroup name="roles" label="Who" optional options={roles} values={valuesOf(draft.input, 'roles')} hint="None ticked: everyone on the team." />
          <Field name="countries" label="Only in these countries" optional value={valuesOf(draft.input, 'countries').join('\n')} rows={2}
            error={countryError(draft)}
            hint="Two letters in each line, such as CH. Whose country nobody has said has to accept it too." />
          <Checkbox name="every_version" label="Every new version anew" checked={draft.input?.['every_version'] === 'yes'}
            hint="Else only where it says that something significant has changed." />
          <Button>Save</Button>
        </Form>
      </section>
    ) : null}
    {page.may('policies.publish') ? <First first={first} /> : null}
  </DeskLayout>
)

const countryError = ({ errors = {} }: Draft) => Object.entries(errors).find(([field]) => field.startsWith('countries'))?.[1]

/** The switch for a company that lets nobody in before they have accepted. */
const First = ({ first }: { first: boolean }) => (
  <section class="sheet stack" aria-labelledby="first">
    <h2 id="first">Accepted first</h2>
    <p>{first ? 'Nobody does anything here but their own duties before they have accepted every policy that they have to.'
      : 'Everything that somebody may do is open to them, also while they have a policy to accept.'} What it takes to mend and publish a policy stays open.</p>
    <PostButton to="/desk/acceptances/first" values={{ first: first ? 'no' : 'yes' }}>{first ? 'Open everything again' : 'Ask for it first'}</PostButton>
  </section>
)

const leadOf = (rows: readonly PolicyRow[]): string => {
  const behind = new Set(rows.flatMap(({ missing }) => missing.map(({ name }) => name))).size
  return rows.length === 0 ? 'Who has read and accepted which policy.' : behind === 0 ? 'Everybody has accepted what they have to.'
    : `${behind} ${behind === 1 ? 'person is' : 'people are'} behind.`
}

/** The longest first; more than a few are folded. */
const Behind = ({ people, zone }: { people: readonly NamedPerson[]; zone: string }) => {
  const lines = people.toSorted((a, b) => (a.asked_at < b.asked_at ? -1 : 1)).map(({ name, asked_at: asked, reminded_at: reminded }) => (
    <li>{name} <span class="soft">asked <Time at={asked} zone={zone} />{reminded ? <>, reminded <Time at={reminded} zone={zone} /></> : null}</span></li>
  ))
  return people.length <= 3 ? <ul class="results">{lines}</ul> : <details><summary>{people.length} people</summary><ul class="results">{lines}</ul></details>
}
