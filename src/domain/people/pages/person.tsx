import type { HtmlEscapedString } from 'hono/utils/html'
import { memberRoles } from '../../../access/roles.ts'
import { countries, countryName } from '../../../lib/countries.ts'
import {
  Actions, Button, ButtonLink, CheckboxGroup, DefinitionList, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, Select, type Draft,
} from '../../../ui/index.ts'
import { valuesOf } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { TeamMember } from '../export-team.ts'

const trail = <a href={at('/desk/people')}>People</a>

export const NewPersonPage = ({ page, people, draft }: { page: Page; people: readonly TeamMember[]; draft: Draft }) => (
  <DeskLayout page={page} title="Add somebody">
    <PageHead title="Add somebody" trail={trail} lead="They are of the team from their first day on; without one, from now." />
    <ErrorSummary errors={draft.errors} />
    <section class="sheet stack" aria-label="Who">
      <Form to="/desk/people">
        <Field {...kept(draft, 'name')} label="Name" autocomplete="off" />
        <Field {...kept(draft, 'address')} label="Mail address" type="email" optional hint="An invitation to this address is theirs." />
        <SaidFields people={people} draft={draft} withRoles />
        <Button>Add</Button>
      </Form>
    </section>
  </DeskLayout>
)

interface FieldsProps { people: readonly TeamMember[]; draft: Draft; person?: TeamMember; withRoles?: boolean }

const SaidFields = ({ people, draft, person, withRoles = false }: FieldsProps) => {
  const field = (name: string, value: string | null | undefined) => ({ ...kept(draft, name), ...draft.input ? {} : { value: value ?? '' } })
  const manager = people.find(({ id }) => id === person?.manager)
  return (
    <>
      <Field {...field('title', person?.title)} label="Title" optional />
      <Field {...field('department', person?.department)} label="Department" optional />
      <Select {...field('country', person?.country)} label="Country where they work" optional placeholder="Not known"
        options={countries.map(({ code, name }) => ({ value: code, label: name }))} />
      <Field {...field('manager', manager && (manager.address || manager.id))} label="Manager" optional hint="Their mail address."
        suggestions={people.filter(({ here, address }) => here && address !== '').slice(0, 200).map(({ address }) => address)} />
      <Field {...field('starts_on', person?.starts_on)} label="First day" type="date" optional />
      <Field {...field('ends_on', person?.ends_on)} label="Last day" type="date" optional hint="Their access ends when it is over." />
      <Field {...field('external_id', person?.external_id)} label="Number in another system" optional hint="By which an import knows them again." />
      {withRoles ? <CheckboxGroup name="roles" label="Roles, once they have an account" optional
        values={draft.input ? valuesOf(draft.input, 'roles') : person?.roles ?? []}
        options={memberRoles.filter((role) => role !== 'auditor').map((role) => ({ value: role, label: role }))} /> : null}
    </>
  )
}

interface PersonProps { page: Page; person: TeamMember; people: readonly TeamMember[]; parts: HtmlEscapedString[]; draft: Draft }

/** One person: what is known of them, and what other folders have to show of them. */
export const PersonPage = ({ page, person, people, parts, draft }: PersonProps) => (
  <DeskLayout page={page} title={person.name}>
    <PageHead title={person.name} lead={person.address} trail={trail}>
      {person.account && person.member && page.may('access.manage') ? <ButtonLink href={at(`/desk/members/${person.account}`)}
        look="second">What they may do</ButtonLink> : null}
    </PageHead>
    <ErrorSummary errors={draft.errors} />
    {person.member || person.left_at ? null : <Notice tone="warning" title="No account">
      {person.name} can accept nothing and pass nothing here before they have one. {page.may('access.manage') ? <a
        href={at(`/desk/members?person=${person.id}#invite`)}>Invite them</a> : null}
    </Notice>}
    <Known person={person} people={people} />
    {parts}
    {page.may('people.manage') ? <Change person={person} people={people} draft={draft} /> : null}
    {page.may('people.manage') && !person.left_at ? <Ending person={person} draft={draft} /> : null}
  </DeskLayout>
)

const sources: Readonly<Record<string, string>> = {
  hand: 'the desk', csv: 'an imported file', provider: 'the identity provider', account: 'the account alone',
}

const Known = ({ person, people }: { person: TeamMember; people: readonly TeamMember[] }) => {
  const manager = people.find(({ id }) => id === person.manager)
  const theirs = people.filter((one) => one.manager === person.id && one.here)
  return (
    <DefinitionList of={[
      ['Title', person.title], ['Department', person.department], ['Country', person.country && countryName(person.country)],
      ['Manager', manager && <a href={at(`/desk/people/${manager.id}`)}>{manager.name}</a>],
      ['Manages', theirs.length > 0 ? theirs.map(({ id, name }, i) => <>{i > 0 ? ', ' : ''}<a href={at(`/desk/people/${id}`)}>{name}</a></>) : null],
      ['First day', person.starts_on], ['Last day', person.ends_on],
      ['Of the team since', person.joined_at?.slice(0, 10)], ['Left', person.left_at?.slice(0, 10)], ['Said by', sources[person.source]],
    ]} />
  )
}

const Change = ({ person, people, draft }: { person: TeamMember; people: readonly TeamMember[]; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="change">
    <h2 id="change">Change</h2>
    <Form to={`/desk/people/${person.id}`}>
      {person.account ? null : <>
        <Field {...kept(draft, 'name')} {...draft.input ? {} : { value: person.name }} label="Name" />
        <Field {...kept(draft, 'address')} {...draft.input ? {} : { value: person.address }} label="Mail address" type="email" optional />
      </>}
      <SaidFields person={person} people={people} draft={draft} withRoles={!person.account} />
      <Button>Save</Button>
    </Form>
  </section>
)

const Ending = ({ person, draft }: { person: TeamMember; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="end">
    <h2 id="end">{person.name} leaves</h2>
    <p>The list for leavers begins at once. When the day is over they are signed out, and every key that they made is taken back.</p>
    <Form to={`/desk/people/${person.id}/end`}>
      <Field {...kept(draft, 'ends_on')} id="last-day" label="Their last day" type="date" />
      <Actions><Button look="danger">Set the last day</Button></Actions>
    </Form>
  </section>
)
