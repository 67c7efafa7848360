import type { Child } from 'hono/jsx'
import { Button } from '../../../ui/button.tsx'
import { Field, FileField, kept, Select } from '../../../ui/field.tsx'
import { RepeatedFields } from '../../../ui/repeated-fields.tsx'
import { rowsOf, textOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { WaitingFile } from '../../../seal/held-files.ts'
import type { Asset } from '../find.ts'
import { KeptFiles } from './kept-files.tsx'
import { skippable } from '../reasons.ts'
import { weaknesses } from '../weaknesses.ts'

/** What is reported, for whoever reports it and for the team that enters what came another way. */
export interface ReportFields {
  assets: readonly Asset[]
  input: Entered
  errors: FieldErrors
  /** Those that arrived with what was entered. */
  files: readonly WaitingFile[]
  /** Where the calculator takes the whole form and brings it back; none where there is no way back. */
  calculator?: string
}

export const What = (form: ReportFields) => (
  <section class="stack">
    <h2>What did you find?</h2>
    <Field {...kept(form, 'title')} label="Title" hint="A few words, as for a subject line." maxlength={200} />
    {form.assets.some((asset) => asset.in_scope)
      ? <Select {...kept(form, 'asset')} label="Where" optional placeholder="None of these, or I am not sure"
        options={form.assets.filter((asset) => asset.in_scope).map((asset) => ({ value: asset.id, label: asset.name }))} />
      : null}
    <Field {...kept(form, 'version')} label="Version or commit" optional hint="In which you saw it, if it has one." />
    <Field {...kept(form, 'weakness')} label="Kind of weakness" optional autocomplete="off"
      hint={<>Choose while you type, or write a number of <a href={at('/report/weaknesses')} target="_blank">the whole list (CWE)</a>.</>}
      suggestions={weaknesses.map(([id, name, vrt]) => `${id} ${name} (VRT: ${vrt})`)} />
    <Field {...kept(form, 'description')} label="Description" rows={8} hint="What is wrong. One weakness a report: of two, send two." />
    <Field {...kept(form, 'impact')} label="Impact" rows={3} optional hint="What could somebody do with it?" />
    <Folded form={form} names={['endpoint', 'parameter', 'cvss']} title="Where exactly, and how severe">
      <Field {...kept(form, 'endpoint')} label="Endpoint" optional hint="An address or path, a function, a file." />
      <Field {...kept(form, 'parameter')} label="Parameter" optional hint="The parameter, header or field that carries it." />
      <div class="field">
        <Field {...kept(form, 'cvss')} label="CVSS vector" optional code hint="How severe you judge it, in CVSS 3.1 or 4.0. The team judges for itself." />
        {form.calculator ? <div><Button look="second" formaction={at(form.calculator)} novalidate>Work out the vector</Button></div> : null}
      </div>
    </Folded>
  </section>
)

export const Evidence = (form: ReportFields) => (
  <section class="stack">
    <h2>How can we see it?</h2>
    <Field {...kept(form, 'steps')} label="Steps to reproduce" rows={6} optional />
    <Field {...kept(form, 'proof_of_concept')} label="Proof of concept" rows={6} optional code hint="A request, a script, a payload. Longer ones as files." />
    <Field {...kept(form, 'expected_result')} label="Expected result" rows={2} optional
      hint="What happens when the proof of concept works. A report that says so is read among the first." />
    <FileField name="attachments" label="Files" optional multiple error={form.errors.attachments}
      hint="Screenshots, recordings, scripts: up to 20 files of 100 MB." />
    <KeptFiles files={form.files} />
    <Tools {...form} />
    <LeftOut {...form} />
  </section>
)

/** What many reports leave empty: closed until it holds something, or something in it has to be changed. */
export const Folded = ({ form: { input, errors }, names, title, open = false, children }: {
  form: ReportFields; names: readonly string[]; title: string; open?: boolean; children?: Child
}) => (
  <details class="fact-group" open={open || names.some((name) => textOf(input, name) !== '' || errors[name] !== undefined)}>
    <summary>{title}</summary>
    <div class="stack">{children}</div>
  </details>
)

const Tools = (form: ReportFields) => (
  <Folded form={form} names={['tools', ...toolNames(form)]} title="Tools you used, and what they printed" open={form.input.add === 'tools'}>
    <RepeatedFields name="tools" label="Tools you used" one="tool" draft={form}
      hint="With versions, and what they printed: SARIF, nuclei, ZAP, npm audit and OSV-Scanner are read as findings."
      row={(prefix) => (
        <>
          <Field {...kept(form, `${prefix}[name]`)} label="Tool" optional />
          <Field {...kept(form, `${prefix}[version]`)} label="Version" optional />
          <div class="span"><Field {...kept(form, `${prefix}[output]`)} label="Output" rows={3} optional code /></div>
        </>
      )} />
  </Folded>
)

const toolNames = ({ input }: ReportFields): string[] =>
  Array.from({ length: rowsOf(input, 'tools') }, (_, i) => ['name', 'version', 'output'].map((field) => `tools[${i}][${field}]`)).flat()

/** A line for each field that may stay empty: closed until somebody needs it. */
const LeftOut = (form: ReportFields) => {
  const names = Object.keys(skippable).map((field) => `reasons[${field}]`)
  return (
    <Folded form={form} names={[...names, 'skipped']} title="Leave something out" open={Object.keys(skippable).some((field) => form.errors[field])}>
      <p class="hint">Every field is optional but title and description. A reason for what is missing saves the team a question. A line each is enough.</p>
      <div class="left-out">
        {Object.entries(skippable).map(([field, label]) => <Field {...kept(form, `reasons[${field}]`)} label={label} optional />)}
      </div>
      {textOf(form.input, 'skipped') ? <Field {...kept(form, 'skipped')} label="Why something else is missing" optional /> : null}
    </Folded>
  )
}
