import { capital } from '../../../lib/words.ts'
import { Button, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, Select, Standing, type Draft } from '../../../ui/index.ts'
import type { Standing as Promised } from 'avow-verify'
import { z } from 'zod'
import type { Kind } from '../../../ledger/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import type { SubjectField } from './subjects.ts'

interface Props extends Draft { page: Page; kind: Kind; fields: readonly SubjectField[]; counts: readonly Promised[] }

/** One kind of entry, with what it needs and nothing else. */
export const EvidenceForm = ({ page, kind, fields, counts, ...draft }: Props) => (
  <DeskLayout page={page} title={kind.about ?? kind.kind}>
    <PageHead title={kind.about ?? kind.kind} trail={<a href={at('/desk/evidence')}>Evidence</a>}
      lead={<>Recorded as <code>{kind.kind}</code>, on the company’s word.</>} />
    <ErrorSummary errors={draft.errors} />
    <div class="beside">
      <Form to="/desk/evidence" guard>
        <input type="hidden" name="kind" value={kind.kind} />
        {fields.map((field) => <Subject field={field} alone={kind.subjects.length === 0 && fields.length > 1} draft={draft} />)}
        {Object.entries(kind.marks.shape).map(([mark, schema]) => <MarkField mark={mark} schema={schema} draft={draft} />)}
        <Field {...kept(draft, 'effective_at')} label="Day" type="date" optional
          hint="If it was not today. It counts from when it is recorded; an earlier day is shown as your claim." />
        <Field {...kept(draft, 'note')} label="In a few words" rows={3} optional hint="Sealed: the team and auditors read it." />
        <Field {...kept(draft, 'reference')} label="Where to look" optional hint="A ticket, a document, an address. Sealed too." />
        <Button>Record</Button>
      </Form>
      <CountsFor promises={counts} />
    </div>
  </DeskLayout>
)

interface SubjectProps { field: SubjectField; alone: boolean; draft: Draft }

/** `alone`: one of several such fields is enough. */
const Subject = ({ field: { subject, optional, options, known }, alone, draft }: SubjectProps) => {
  const about = { ...kept(draft, `subjects[${subject}]`), label: capital(subject), optional }
  const hint = alone ? 'Name at least one of these.' : undefined
  return options && options.length > 0
    ? <Select {...about} options={options} placeholder="Choose" {...(hint && { hint })} />
    : <Field {...about} {...(known.length > 0 && { suggestions: known })} maxlength={200}
        hint={hint ?? hints[subject] ?? 'A short name for it, the same each time.'} />
}

const hints: Readonly<Record<string, string>> = {
  change: 'Its number or commit.', vendor: 'Its name, the same each time.', person: 'A name or number, the same each time.',
}

/** What rules read of it: chosen where there are only so many values. */
const MarkField = ({ mark, schema, draft }: { mark: string; schema: unknown; draft: Draft }) => {
  const field = { ...kept(draft, `marks[${mark}]`), label: capital(mark.replaceAll('_', ' ')) }
  return schema instanceof z.ZodEnum
    ? <Select {...field} options={schema.options.map((value) => ({ value: String(value), label: String(value) }))} placeholder="Choose" />
    : <Field {...field} maxlength={64} hint="Short, as your policy writes it. It is part of the record for ever." />
}

const CountsFor = ({ promises }: { promises: readonly Promised[] }) => (
  <aside class="stack" aria-labelledby="counts-for">
    <h2 id="counts-for">What it counts for</h2>
    {promises.length === 0 ? <p class="soft">No promise in force asks for it. It is recorded all the same.</p> : null}
    {promises.map(({ policy, mark, sentence, standing, due_at: due }) => (
      <p><a href={at(`/policies/${policy}#c-${mark}`)}>{sentence}</a><br /><Standing standing={standing} due={due} /></p>
    ))}
  </aside>
)
