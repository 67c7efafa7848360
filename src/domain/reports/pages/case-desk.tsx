import { Actions, Button, Form, PostButton } from '../../../ui/button.tsx'
import { Field, kept, Select } from '../../../ui/field.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { CaseDesk } from '../desk/desk-of.ts'
import type { FilledField } from '../desk/fields.ts'
import { linkKinds } from '../desk/tables.ts'
import { draftOf, type Doing } from './case-steps.tsx'

type OfDesk = Doing & { page: Page; desk: CaseDesk }

/** Whose it is, and all that the team keeps beside it. What is set shows; what could be set folds away. */
export const CaseDeskPart = (of: OfDesk) => {
  const { page, desk: { assignee, watched } } = of
  const triages = page.may('reports.triage')
  return (
    <section class="stack" aria-labelledby="desk-title">
      <h2 id="desk-title">Whose it is</h2>
      <p>{assignee ? <strong>{assignee.name}</strong> : 'Nobody’s yet.'}</p>
      <Actions>
        {triages && !isOwn(of) ? <PostButton to={`${path(of)}/assignee`} values={{ assignee: 'me' }}>Take it</PostButton> : null}
        <PostButton to={`${path(of)}/watching`} values={{ watch: watched ? 'no' : 'yes' }} look="quiet">{watched ? 'Watch no longer' : 'Watch'}</PostButton>
        <PostButton to={`${path(of)}/reading`} values={{ as: 'unread' }} look="quiet">Mark as unread</PostButton>
      </Actions>
      {triages ? <HandOver {...of} /> : null}
      <Tags {...of} triages={triages} />
      <Tasks {...of} triages={triages} />
      <Links {...of} triages={triages} />
      <Fields {...of} triages={triages} />
    </section>
  )
}

const path = ({ report }: OfDesk) => `/desk/reports/${report.id}`
const isOwn = ({ page, desk }: OfDesk) => page.actor.kind === 'member' && page.actor.accountId === desk.assignee?.id

/** A form that folds away, and is open again when it was refused. */
const Fold = ({ of, name, title, children }: { of: OfDesk; name: string; title: string; children: unknown }) =>
  <details open={of.doing === name} data-fold={name}><summary>{title}</summary>{children as never}</details>

const HandOver = (of: OfDesk) => {
  const others = of.desk.assignable.filter(({ id }) => id !== of.desk.assignee?.id).map(({ id, name }) => ({ value: id, label: name }))
  const draft = draftOf(of, 'assignee')
  return (
    <Fold of={of} name="assignee" title="Hand it over">
      <Form to={`${path(of)}/assignee`}>
        <Select {...kept(draft, 'assignee')} label="To whom" placeholder="Choose"
          options={[...others, ...of.desk.assignee ? [{ value: 'nobody', label: 'Nobody: back to all' }] : []]} />
        <Field {...kept(draft, 'note')} label="A note for them" optional rows={3} hint="Only the team sees it. The mail that they get says nothing of it." />
        <Button look="second">Hand it over</Button>
      </Form>
    </Fold>
  )
}

const Tags = (of: OfDesk & { triages: boolean }) => (
  <div>
    {of.desk.tags.length > 0 ? <p class="tags">{of.desk.tags.map((tag) => <><a class="tag" href={at(`/desk/reports?tag=${tag}`)}>{tag}</a> </>)}</p> : null}
    {of.triages ? (
      <Fold of={of} name="tags" title={of.desk.tags.length > 0 ? 'Change tags' : 'Add tags'}>
        <Form to={`${path(of)}/tags`}>
          <Field {...kept(draftOf(of, 'tags'), 'tags')} value={of.doing === 'tags' ? kept(draftOf(of, 'tags'), 'tags').value : of.desk.tags.join('\n')}
            label="Tags, a line each"
            optional rows={3} />
          <Button look="second">Set tags</Button>
        </Form>
      </Fold>
    ) : null}
  </div>
)

const Tasks = (of: OfDesk & { triages: boolean }) => {
  const draft = draftOf(of, 'tasks')
  return (
    <div>
      {of.desk.tasks.length > 0 ? <h3>Tasks</h3> : null}
      {of.desk.tasks.length > 0 ? (
        <ul class="results">{of.desk.tasks.map(({ id, title, assignee, due, done }) => (
          <li class="result">
            <span class={done ? 'task task-done' : 'task'}>{title}{done ? <span class="unseen">, done</span> : null}</span>
            <span class="soft">{[assignee, due && !done ? `by ${due}` : ''].filter(Boolean).join(', ')}</span>
            {of.triages ? <PostButton to={`${path(of)}/tasks/${id}`} values={{ done: done ? 'no' : 'yes' }} look="quiet">{done ? 'Not done' : 'Done'}<span
              class="unseen">: {title}</span></PostButton> : null}
          </li>
        ))}</ul>
      ) : null}
      {of.triages ? (
        <Fold of={of} name="tasks" title="Add a task">
          <Form to={`${path(of)}/tasks`}>
            <Field {...kept(draft, 'title')} label="What is to be done" />
            <Select {...kept(draft, 'assignee')} id="task-assignee" label="Who" optional placeholder="Nobody yet"
              options={of.desk.assignable.map(({ id, name }) => ({ value: id, label: name }))} />
            <Field {...kept(draft, 'due')} label="By" optional type="date" />
            <Button look="second">Add it</Button>
          </Form>
        </Fold>
      ) : null}
    </div>
  )
}

const Links = (of: OfDesk & { triages: boolean }) => {
  const draft = draftOf(of, 'links')
  return (
    <div>
      {of.desk.links.length > 0 ? <h3>Linked reports</h3> : null}
      {of.desk.links.length > 0 ? (
        <ul class="results">{of.desk.links.map(({ report, words, kind }) => (
          <li class="result">
            <span>{words} <a href={at(`/desk/reports/${report.id}`)}>{report.short_id}</a> {report.title ?? 'Erased'} <span
              class="soft">({report.state})</span></span>
            {of.triages ? <PostButton to={`${path(of)}/links/${report.id}/end`} values={{ kind }} look="quiet">Unlink<span
              class="unseen"> {report.short_id}</span></PostButton> : null}
          </li>
        ))}</ul>
      ) : null}
      {of.triages ? (
        <Fold of={of} name="links" title="Link a report">
          <Form to={`${path(of)}/links`}>
            <Select {...kept(draft, 'kind')} label="This one" options={linkKinds.map((kind) => ({ value: kind, label: kind === 'related' ? 'is related to'
              : kind === 'duplicate of' ? 'repeats' : kind === 'split from' ? 'was split from' : kind }))} />
            <Field {...kept(draft, 'other')} label="Number or reference" code />
            <Button look="second">Link</Button>
          </Form>
        </Fold>
      ) : null}
    </div>
  )
}

const Fields = (of: OfDesk & { triages: boolean }) => {
  const { fields } = of.desk
  if (fields.length === 0) return null
  const filled = fields.filter(({ value }) => value !== '')
  return (
    <div>
      {filled.length > 0 ? <dl class="facts facts-short">{filled.map(({ name, value }) => <><dt>{name}</dt><dd>{value}</dd></>)}</dl> : null}
      {of.triages ? (
        <Fold of={of} name="fields" title="Fill in your fields">
          <Form to={`${path(of)}/fields`}>{fields.map((field) => <OwnField of={of} field={field} />)}<Button look="second">Keep</Button></Form>
        </Fold>
      ) : null}
    </div>
  )
}

const OwnField = ({ of, field: { id, name, kind, choices, value } }: { of: OfDesk; field: FilledField }) => {
  const again = kept(draftOf(of, 'fields'), `fields[${id}]`)
  const shared = { ...again, ...of.doing !== 'fields' && { value }, label: name, optional: true }
  if (kind === 'choice') return <Select {...shared} placeholder="Nothing" options={choices.map((one) => ({ value: one, label: one }))} />
  return <Field {...shared} type={kind} {...kind === 'text' && { maxlength: 2000 }} />
}
