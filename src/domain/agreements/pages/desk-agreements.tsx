import type { PropsWithChildren } from 'hono/jsx'
import { Button, ButtonLink, Checkbox, CheckboxGroup, DataTable, DeskLayout, Empty, ErrorSummary, Field, FileField, Form, kept, Notice, PageHead, PostButton,
  Select, Time, type Draft } from '../../../ui/index.ts'
import { memberRoles } from '../../../access/roles.ts'
import { valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { listAgreementsQuery } from '../list-agreements.ts'
import { AgreementText } from './my-agreements.tsx'

type Row = Awaited<ReturnType<typeof listAgreementsQuery.run>>['agreements'][number]

/** What people sign, and how far they are. */
export const AgreementsPage = ({ page, agreements, errors }: Draft & { page: Page; agreements: readonly Row[] }) => (
  <DeskLayout page={page} title="Agreements" live>
    <PageHead title="Agreements" lead="What people sign: in Avow, with their name and second factor, or on paper that two people have looked at.">
      {page.may('people.manage')
        ? <ButtonLink href={at('/desk/agreements/new')} look={agreements.length === 0 ? 'first' : 'second'}>Write one</ButtonLink> : null}
    </PageHead>
    <ErrorSummary errors={errors} />
    {agreements.length === 0
      ? <Empty title="Nobody has to sign anything" text="Begin with the confidentiality agreement that comes with Avow. Let your lawyer read it first." />
      : <DataTable caption="Agreements" rows={agreements} columns={[
          { head: 'Agreement', header: true, cell: ({ agreement, title }) => <a href={at(`/desk/agreements/${agreement}`)}>{title}</a> },
          { head: 'Version', cell: ({ version }) => version },
          { head: 'Asked of', cell: whom },
          { head: 'Have signed', cell: ({ people }) => `${people.filter(({ state }) => state === 'signed').length} of ${people.length}` },
        ]} />}
  </DeskLayout>
)

const whom = ({ roles, countries }: Pick<Row, 'roles' | 'countries'>) =>
  [roles.length === 0 ? 'everyone' : roles.join(', '), ...countries.length === 0 ? [] : [`in ${countries.join(', ')}`]].join(' ')

/** The example to begin with, or what was refused. */
export const ExamplePage = ({ page, ...draft }: Draft & { page: Page }) => (
  <DeskLayout page={page} title="A new agreement">
    <PageHead title="A new agreement" trail={<a href={at('/desk/agreements')}>Agreements</a>} />
    <ErrorSummary errors={draft.errors} />
    <Notice tone="warning" title="This text is an example, not legal advice">
      Let a lawyer read it who knows the law of the countries where your people work. Whatever begins with “[fill in:” has to be replaced first.
    </Notice>
    <TextForm draft={draft}>
      <Field {...kept(draft, 'agreement')} label="Short name" hint="Stands in addresses: confidentiality" />
      <Checkbox name="confidentiality" label="It is about confidentiality" checked={draft.input?.['confidentiality'] === 'yes'}
        hint="Signing it is then what promises call nda.signed. It cannot be changed later." />
    </TextForm>
  </DeskLayout>
)

/** An auditor has nothing to do here by themself; one who signs, signs on paper. */
const signers = memberRoles.filter((role) => role !== 'auditor').map((role) => ({ value: role, label: role }))

const TextForm = ({ draft, children }: PropsWithChildren<{ draft: Draft }>) => (
  <Form to="/desk/agreements" wide guard>
    {children}
    <Field {...kept(draft, 'text')} label="The agreement, in Markdown" rows={24} code hint="A heading first: it is the title. People read exactly this text." />
    <CheckboxGroup name="roles" label="Who has to sign it" optional options={signers}
      values={valuesOf(draft.input, 'roles')} error={draft.errors?.['roles']} hint="None ticked: everyone." />
    <Field {...kept(draft, 'countries')} label="In which countries" optional hint="Two letters each: DE, FR. Empty: everywhere." />
    <Button>Ask people to sign it</Button>
  </Form>
)

interface OnDesk extends Draft { page: Page; agreement: Row; text: string; nameOf: (person: string) => string }

/** Who has signed, who has to, what was signed on paper, and the next version. */
export const AgreementOnDesk = ({ page, agreement, text, nameOf, ...draft }: OnDesk) => (
  <DeskLayout page={page} title={agreement.title}>
    <PageHead title={agreement.title} trail={<a href={at('/desk/agreements')}>Agreements</a>}
      lead={`Version ${agreement.version}, asked of ${whom(agreement)}.`}>
      {page.may('people.manage') ? <PostButton to={`/desk/agreements/${agreement.agreement}/end`} look="quiet">Ask nobody any more</PostButton> : null}
    </PageHead>
    <ErrorSummary errors={draft.errors} />
    {agreement.people.length === 0 ? <Empty title="Nobody is asked" text="Nobody of the team has the role or is in the country." /> : (
      <DataTable caption="People" rows={agreement.people} columns={[
        { head: 'Person', header: true, cell: ({ person }) => nameOf(person) },
        { head: 'Stands', cell: ({ state, signed_at: signed }) => signed ? <>signed <Time at={signed} zone={page.zone} /></> : state },
        { head: 'Certificate', cell: ({ signature, signed_at: signed }) => signature && signed
          ? <a href={at(`/desk/agreements/signatures/${signature}/certificate`)}>PDF</a> : '–' },
      ]} />
    )}
    {page.may('people.manage') ? <CopyForm agreement={agreement} nameOf={nameOf} draft={draft} /> : null}
    <details class="sheet"><summary>The text</summary><AgreementText of={text} /></details>
    {page.may('people.manage') ? (
      <details class="sheet" open={draft.errors?.['text'] !== undefined}><summary>Its next version</summary>
        <p>Whoever has signed stays bound by the text that they read. The others are asked for this one.</p>
        <TextForm draft={draft.input?.['text'] === undefined ? { input: asItIs(agreement, text) } : draft}>
          <input type="hidden" name="agreement" value={agreement.agreement} />
          {agreement.confidentiality ? <input type="hidden" name="confidentiality" value="yes" /> : null}
        </TextForm>
      </details>
    ) : null}
  </DeskLayout>
)

const asItIs = ({ roles, countries }: Row, text: string): Entered => ({ text, roles: Object.fromEntries(roles.entries()), countries: countries.join(', ') })

const CopyForm = ({ agreement, nameOf, draft }: { agreement: Row; nameOf: (person: string) => string; draft: Draft }) => {
  const open = agreement.people.filter(({ state }) => state !== 'signed')
  if (open.length === 0) return null
  return (
    <details class="sheet" open={draft.errors?.['file'] !== undefined || draft.errors?.['signed_on'] !== undefined}>
      <summary>Signed on paper</summary>
      <p>Upload the signed file. It counts when somebody else has looked at it.</p>
      <Form to={`/desk/agreements/${agreement.agreement}/copies`} files>
        <Select {...kept(draft, 'person')} label="Who signed" placeholder="Choose"
          options={open.map(({ person }) => ({ value: person, label: nameOf(person) }))} />
        <Field {...kept(draft, 'signed_on')} label="The day that stands on it" type="date" />
        <FileField name="file" label="The signed file" error={draft.errors?.['file']} accept=".pdf,image/*" />
        <Button>Upload</Button>
      </Form>
    </details>
  )
}
