import { Button, Form, PostButton } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { DefinitionList, PageHead } from '../../../ui/facts.tsx'
import { Field, kept, Select, type Draft } from '../../../ui/field.tsx'
import { ErrorSummary } from '../../../ui/notice.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { addField, caseFields, retireField, type CaseField } from '../desk/fields.ts'
import { casePrefix, choosePrefix, isPrefixChosen } from '../desk/short-id.ts'
import { fieldKinds } from '../desk/tables.ts'
import { deleteTemplate, saveTemplate, templates, variables, type Template } from '../desk/templates.ts'

const here = '/desk/case-settings'

/** Templates for messages, one's own fields, and what the numbers of cases begin with. */
export function caseSettingsPages(web: Web): void {
  web.get(here, { may: 'reports.triage' }, (page) => settingsPage(page))
  const done = (sentence: string) => (_: unknown, page: Page) => {
    page.say(sentence)
    return here
  }
  web.form(saveTemplate, {
    at: `POST ${here}/templates`, done: done('Kept.'),
    again: (page, input, errors) => settingsPage(page, `template ${textOf(input, 'template')}`, input, errors),
  })
  web.form(deleteTemplate, { at: `POST ${here}/templates/:template/end`, again: (page) => seeOther(page, here), done: done('Deleted.') })
  web.form(addField, { at: `POST ${here}/fields`, again: (page, input, errors) => settingsPage(page, 'field', input, errors),
    done: done('Added to every case.') })
  web.form(retireField, { at: `POST ${here}/fields/:field/end`, again: (page) => seeOther(page, here), done: done('Taken off the cases.') })
  web.form(choosePrefix, {
    at: `POST ${here}/prefix`, again: (page, input, errors) => settingsPage(page, 'prefix', input, errors), done: done('Chosen, for good.'),
  })
}

interface Settings {
  page: Page
  templates: readonly Template[]
  fields: readonly CaseField[]
  prefix: string
  chosen: boolean
  draftOf(form: string): Draft
  errors?: FieldErrors | undefined
}

async function settingsPage(page: Page, doing?: string, input?: Entered, errors?: FieldErrors) {
  const found = await page.reading(async (tx) =>
    ({ templates: await templates(tx), fields: await caseFields(tx), prefix: await casePrefix(tx), chosen: await isPrefixChosen(tx) }))
  return <SettingsPage page={page} {...found} draftOf={(form) => form === doing ? { input, errors } : {}} errors={errors} />
}

const SettingsPage = (of: Settings) => (
  <DeskLayout page={of.page} title="Case settings">
    <PageHead title="Case settings" lead="What makes the twentieth report of the day shorter than the first." />
    <ErrorSummary errors={of.errors} />
    <Templates {...of} />
    {of.page.may('organization.manage') ? <><Fields {...of} /><Prefix {...of} /></> : null}
  </DeskLayout>
)

const Templates = ({ templates: all, draftOf }: Settings) => (
  <section class="stack" aria-labelledby="templates-title">
    <h2 id="templates-title">Templates for messages</h2>
    <DefinitionList of={Object.entries(variables).map(([name, means]) => [`{${name}}`, means] as const)} />
    {all.map((one) => (
      <details class="sheet step" open={draftOf(`template ${one.id}`).input !== undefined}>
        <summary>{one.name}</summary>
        <TemplateForm of={one} draft={draftOf(`template ${one.id}`)} />
        <PostButton to={`${here}/templates/${one.id}/end`} look="quiet">Delete “{one.name}”</PostButton>
      </details>
    ))}
    <TemplateForm draft={draftOf('template ')} />
  </section>
)

/** Only the form that was refused has the plain ids, so that its errors' links arrive. */
const TemplateForm = ({ of, draft }: { of?: Template; draft: Draft }) => {
  const field = (name: 'name' | 'body') =>
    ({ ...kept(draft, name), ...draft.input === undefined && { id: `${of?.id ?? 'new'}-${name}`, value: of?.[name] ?? '' } })
  return (
    <Form to={`${here}/templates`} wide>
      {of ? <input type="hidden" name="template" value={of.id} /> : null}
      <Field {...field('name')} label={of ? 'Name' : 'A new one: its name'} />
      <Field {...field('body')} label={of ? 'Text' : 'Its text'} rows={6} />
      <Button look={of ? 'second' : 'first'}>{of ? 'Keep' : 'Add the template'}</Button>
    </Form>
  )
}

const Fields = ({ fields, draftOf }: Settings) => (
  <section class="stack" aria-labelledby="fields-title">
    <h2 id="fields-title">Fields of your own</h2>
    <p class="soft">They stand on every case, for the team alone. A text is sealed like the report; the inbox can be narrowed down by a choice.</p>
    {fields.length > 0 ? <ul class="results">{fields.map(({ id, name, kind, choices }) => (
      <li class="result">
        <strong>{name}</strong> <span class="soft">{kind}{choices.length > 0 ? `: ${choices.join(', ')}` : ''}</span>
        <PostButton to={`${here}/fields/${id}/end`} look="quiet">Take {name} off</PostButton>
      </li>
    ))}</ul> : null}
    <Form to={`${here}/fields`}>
      <Field {...kept(draftOf('field'), 'name')} id="field-name" label="Name" />
      <Select {...kept(draftOf('field'), 'kind')} label="What it holds" options={fieldKinds.map((kind) => ({ value: kind, label: kind }))} />
      <Field {...kept(draftOf('field'), 'choices')} label="Of a choice: what can be chosen, a line each" optional rows={3} />
      <Button look="second">Add the field</Button>
    </Form>
  </section>
)

const Prefix = ({ prefix, chosen, draftOf }: Settings) => (
  <section class="stack" aria-labelledby="prefix-title">
    <h2 id="prefix-title">The numbers of cases</h2>
    <p>They look like <code class="reference">{prefix}-142</code>. The team and a report’s own reporter see them; mails and public pages never do.</p>
    {chosen ? null : (
      <Form to={`${here}/prefix`}>
        <Field {...kept(draftOf('prefix'), 'prefix')} label="Begin them with" code hint="Two to ten letters and digits. It can be chosen once." />
        <Button look="second">Choose it for good</Button>
      </Form>
    )}
  </section>
)
