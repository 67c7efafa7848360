import { EffortFields, PauseNotice } from '../../gates/index.ts'
import type { PolicyInForce } from '../../policies/index.ts'
import { Actions, Button, Form } from '../../../ui/button.tsx'
import { Checkbox, CheckboxGroup } from '../../../ui/choices.tsx'
import { Field, FileField, kept } from '../../../ui/field.tsx'
import { PublicLayout } from '../../../ui/layout.tsx'
import { ErrorSummary, Notice } from '../../../ui/notice.tsx'
import type { Surroundings } from '../../../ui/surroundings.ts'
import { textOf } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import { DraftPlace, type Draft } from './draft.tsx'
import { Evidence, Folded, What, type ReportFields } from './report-fields.tsx'
import { ScopeList } from './scope.tsx'

export interface ReportForm extends ReportFields {
  page: Surroundings
  policy: PolicyInForce | null
  submission: string
  draft: Draft | null
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
    <DraftPlace draft={form.draft} apart={isApart(form)} zone={form.page.organization.zone} />
    <ErrorSummary errors={form.errors} />
    <div class="beside beside-first">
      <ScopeList assets={form.assets} policy={form.policy} />
      <Form to="/report" files guard keeps={isApart(form) ? undefined : at('/report/draft')}>
        <input type="hidden" name="submission" value={form.submission} />
        {isApart(form) ? <input type="hidden" name="apart" value="yes" /> : null}
        <What {...form} calculator="/report/cvss" />
        <Evidence {...form} />
        <Who {...form} />
        <EffortFields {...form} />
        <GoodFaith {...form} />
        <Actions>
          <Button large>Send the report</Button>
          <Button large look="second" formaction={at('/report/draft')} novalidate>Keep it for later</Button>
        </Actions>
        <p class="hint">What you write is encrypted when it arrives. Only the security team reads it.</p>
      </Form>
    </div>
  </PublicLayout>
)

/** Something else than the draft of this browser, which it must not replace. */
const isApart = ({ draft, input }: ReportForm) => draft !== null && textOf(input, 'apart') !== ''

const Who = (form: ReportForm) => (
  <section class="stack">
    <h2>Who are you?</h2>
    <p class="hint">Nothing, a pseudonym, or your name. Without an address we cannot write to you; you read our answer with the tracking phrase.</p>
    <Field {...kept(form, 'name')} label="Name or pseudonym" optional autocomplete="name" />
    <Field {...kept(form, 'email')} label="E-mail address" type="email" optional autocomplete="email"
      hint="Mails tell you only that something happened, never what you reported." />
    <Folded form={form} names={['claim_key', 'claim_key_file']} title="Prove later that it was you, and have our answers encrypted">
      <Field {...kept(form, 'claim_key')} label="Public key" rows={3} optional code
        hint="SSH, OpenPGP or age. Whoever holds its private half can claim credit or a reward, even if the tracking phrase is lost. With OpenPGP
          our mails say what we wrote, encrypted to you." />
      {textOf(form.input, 'claim_key_file') ? (
        <CheckboxGroup name="claim_key_file" label="Its file" optional values={[textOf(form.input, 'claim_key_file')]}
          options={[{ value: textOf(form.input, 'claim_key_file'), label: 'The file that you chose is here already' }]} />
      ) : (
        <FileField name="claim_key_file" label="Or its file" optional accept=".asc,.gpg,.pgp,.key,.pub,.txt" error={form.errors.claim_key_file}
          hint="OpenPGP with or without armor." />
      )}
    </Folded>
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
