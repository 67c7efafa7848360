import { EffortFields, PauseNotice } from '../../gates/index.ts'
import type { PolicyInForce } from '../../policies/index.ts'
import { Button, Form } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/choices.tsx'
import { Field, FileField, kept, Select } from '../../../ui/field.tsx'
import { PublicLayout } from '../../../ui/layout.tsx'
import { ErrorSummary, Notice } from '../../../ui/notice.tsx'
import { RepeatedFields } from '../../../ui/repeated-fields.tsx'
import type { Surroundings } from '../../../ui/surroundings.ts'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Asset } from '../find.ts'
import { weaknesses } from '../weaknesses.ts'
import { ScopeList } from './scope.tsx'

export interface ReportForm {
  page: Surroundings
  assets: readonly Asset[]
  policy: PolicyInForce | null
  input: Entered
  errors: FieldErrors
  submission: string
  gate: Parameters<typeof EffortFields>[0]['gate']
}

/** The form for a weakness. Only a title, a description and the declaration are required; everything else makes the answer faster. */
export const ReportFormPage = (form: ReportForm) => (
  <PublicLayout page={form.page} title="Report a vulnerability">
    <h1>Report a vulnerability</h1>
    <p class="lead">
      You need no account and no name. You get a receipt that proves what you reported and when, and a tracking phrase with which you can
      read our answer.
    </p>
    {form.page.actor.kind === 'person' || form.page.actor.kind === 'member'
      ? <Notice>You are signed in as {form.page.actor.personName}. The report goes into your account too; the team does not see that.</Notice>
      : null}
    <PauseNotice pause={form.gate.settings.pause} zone={form.page.organization.zone} />
    <ErrorSummary errors={form.errors} />
    <div class="beside beside-first">
      <ScopeList assets={form.assets} policy={form.policy} />
      <Form to="/report" files guard>
        <input type="hidden" name="submission" value={form.submission} />
        <What {...form} />
        <Evidence {...form} />
        <Who {...form} />
        <EffortFields {...form} />
        <GoodFaith {...form} />
        <Button large>Send the report</Button>
        <p class="hint">What you write is encrypted when it arrives. Only the security team reads it.</p>
      </Form>
    </div>
  </PublicLayout>
)

const What = (form: ReportForm) => (
  <section class="stack">
    <h2>What did you find?</h2>
    <Field {...kept(form, 'title')} label="Title" hint="A few words, as for a subject line." maxlength={200} />
    {form.assets.some((asset) => asset.in_scope)
      ? <Select {...kept(form, 'asset')} label="Where" optional placeholder="None of these, or I am not sure"
        options={form.assets.filter((asset) => asset.in_scope).map((asset) => ({ value: asset.id, label: asset.name }))} />
      : null}
    <Select {...kept(form, 'weakness')} label="Kind of weakness" optional placeholder="I am not sure"
      options={weaknesses.map(([value, name]) => ({ value, label: `${name} (${value})` }))} />
    <Field {...kept(form, 'description')} label="Description" rows={8} hint="What is wrong, and where." />
    <Field {...kept(form, 'impact')} label="Impact" rows={3} optional hint="What could somebody do with it?" />
  </section>
)

const Evidence = (form: ReportForm) => (
  <section class="stack">
    <h2>How can we see it?</h2>
    <Field {...kept(form, 'steps')} label="Steps to reproduce" rows={6} optional />
    <Field {...kept(form, 'proof_of_concept')} label="Proof of concept" rows={6} optional code hint="A request, a script, a payload." />
    <Field {...kept(form, 'skipped')} label="No steps and no proof of concept?" optional
      hint="Then say why, in a line. A report without them is read too, only later." />
    <FileField name="attachments" label="Files" optional multiple error={form.errors.attachments}
      hint="Screenshots, recordings, scripts: up to 20 files of 100 MB." />
    <KeptFiles ids={valuesOf(form.input, 'attachments')} />
    <RepeatedFields name="tools" label="Tools you used" one="tool" hint="With versions, and what they printed." draft={form}
      row={(prefix) => (
        <>
          <Field {...kept(form, `${prefix}[name]`)} label="Tool" optional />
          <Field {...kept(form, `${prefix}[version]`)} label="Version" optional />
          <div class="span"><Field {...kept(form, `${prefix}[output]`)} label="Output" rows={3} optional code /></div>
        </>
      )} />
  </section>
)

/** Files that arrived with a form that came back: they are here already and need not be chosen again. */
const KeptFiles = ({ ids }: { ids: readonly string[] }) =>
  ids.length === 0 ? null : (
    <>
      {ids.map((id) => <input type="hidden" name="attachments" value={id} />)}
      <p class="hint">
        {ids.length === 1 ? 'The file that you chose is here already.' : `The ${ids.length} files that you chose are here already.`} Choose only further ones.
      </p>
    </>
  )

const Who = (form: ReportForm) => (
  <section class="stack">
    <h2>Who are you?</h2>
    <p class="hint">Nothing, a pseudonym, or your name. Without an address we cannot write to you; you read our answer with the tracking phrase.</p>
    <Field {...kept(form, 'name')} label="Name or pseudonym" optional autocomplete="name" />
    <Field {...kept(form, 'email')} label="E-mail address" type="email" optional autocomplete="email"
      hint="Mails tell you only that something happened, never what you reported." />
    <details>
      <summary>Prove later that it was you</summary>
      <Field {...kept(form, 'claim_key')} label="Public key" rows={3} optional code
        hint="SSH, OpenPGP or age. Whoever holds its private half can claim credit or a reward, even if the tracking phrase is lost." />
    </details>
  </section>
)

const GoodFaith = ({ policy, input, errors }: ReportForm) => (
  <section class="stack">
    <h2>Good faith</h2>
    {policy
      ? (
        <p>
          You are protected by <a href={at(`/policies/${policy.slug}`)}>{policy.title}, version {policy.version}</a>. This version is noted
          with your report and stays the one by which it is judged.
        </p>
      )
      : <Notice>No policy is published here yet. Your report is taken in all the same.</Notice>}
    <Checkbox name="good_faith" required error={errors.good_faith} checked={textOf(input, 'good_faith') !== ''}
      label="I acted in good faith: I touched only accounts and data that are mine or that I had permission for, and I disturbed nobody’s service." />
  </section>
)
