import { Actions, Button, Form } from '../../../ui/button.tsx'
import { Field, Labelled } from '../../../ui/field.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import { at } from '../../../web/place.ts'
import type { Template } from '../desk/templates.ts'
import type { Drafts } from '../drafts.ts'
import type { Identity } from '../letters.ts'
import type { Step } from '../report.ts'

interface Compose {
  report: { id: string; open: boolean; steps: readonly Step[] }
  reporter: Identity | null
  drafts: Drafts
  /** Filled in for this case. */
  templates: readonly Template[]
  doing?: string | undefined
  input?: Entered | undefined
  errors?: FieldErrors | undefined
}

/** Two boxes that nobody can mistake: what leaves the team says to whom on its button; what stays has the team's colour and another verb. */
export const CaseCompose = (of: Compose) => (
  <div class="stack">
    <ToReporter {...of} />
    <ToTeam {...of} />
  </div>
)

const toReporter = ['message', 'question', 'message-draft']

const ToReporter = ({ report, reporter, drafts, templates, doing, input, errors }: Compose) => {
  const refused = doing !== undefined && toReporter.includes(doing)
  const name = reporter?.name || 'the reporter'
  return (
    <section class="sheet stack" aria-labelledby="to-reporter">
      <h3 id="to-reporter">To {name}</h3>
      <p class="soft">{whereRead(reporter)}</p>
      <Form to={`/desk/reports/${report.id}/message`} wide typed={draftAt(report.id, 'message')}>
        {templates.length > 0 ? <Templates report={report.id} templates={templates} /> : null}
        <Field name="message" id={refused ? undefined : 'compose-message'} label="Your message" rows={5} error={refused ? errors?.message : undefined}
          value={refused ? textOf(input, 'message') : drafts.message}
          hint={drafts.message && !refused ? 'Your draft. Only you see it until you send it.' : undefined} />
        <Actions>
          <Button>Send to {name}</Button>
          {report.steps.includes('acknowledge')
            ? <Button look="second" formaction={at(`/desk/reports/${report.id}/message-acknowledgement`)}>Send as the acknowledgement</Button> : null}
          {report.open ? <Button look="second" formaction={at(`/desk/reports/${report.id}/question`)}>Ask, and wait for the answer</Button> : null}
          <Button look="quiet" formaction={at(`/desk/reports/${report.id}/message-draft`)} novalidate>Keep as a draft</Button>
          {drafts.message ? <Discard report={report.id} kind="message" /> : null}
          <Kept />
        </Actions>
      </Form>
    </section>
  )
}

/** With script it is put in where the cursor is; without, the page comes back with it, and with all that was typed. */
const Templates = ({ report, templates }: { report: string; templates: readonly Template[] }) => (
  <div class="finder">
    <Labelled name="template" label="Template" optional>
      <select name="template" id="template">
        <option value="">None</option>
        {templates.map(({ id, name, body }) => <option value={id} data-text={body}>{name}</option>)}
      </select>
    </Labelled>
    <Button look="second" formaction={at(`/desk/reports/${report}/template`)} novalidate data-insert="template">Insert</Button>
  </div>
)

const Discard = ({ report, kind }: { report: string; kind: 'message' | 'note' }) =>
  <Button look="quiet" formaction={at(`/desk/reports/${report}/${kind}-draft/end`)} novalidate>Discard the draft</Button>

/** Where script runs, what is typed is kept here after each pause, and this says so. */
const draftAt = (report: string, kind: 'message' | 'note') => at(`/desk/reports/${report}/${kind}-draft?quietly=yes`)
const Kept = () => <span class="soft" role="status" data-kept></span>

/** How what is sent reaches the reporter. */
function whereRead(reporter: Identity | null): string {
  if (reporter?.email) return `They read it on this site. A mail to ${reporter.email} tells them that something is there, and nothing of it.`
  return 'They read it on this site, the next time that they come with their tracking phrase. They left no address.'
}

const ToTeam = ({ report, drafts, doing, input, errors }: Compose) => {
  const refused = doing === 'note' || doing === 'note-draft'
  return (
    <section class="sheet sheet-team stack" aria-labelledby="to-team">
      <h3 id="to-team">Note: only the team</h3>
      <Form to={`/desk/reports/${report.id}/note`} wide typed={draftAt(report.id, 'note')}>
        <Field name="message" id={refused ? undefined : 'compose-note'} label="Your note" rows={2}
          hint="Name a colleague as @name: they get a mail that says that, and nothing else." error={refused ? errors?.message : undefined}
          value={refused ? textOf(input, 'message') : drafts.note} />
        <Actions>
          <Button look="second">Add the note</Button>
          <Button look="quiet" formaction={at(`/desk/reports/${report.id}/note-draft`)} novalidate>Keep as a draft</Button>
          {drafts.note ? <Discard report={report.id} kind="note" /> : null}
          <Kept />
        </Actions>
      </Form>
    </section>
  )
}
