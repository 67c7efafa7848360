import { Button, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton, type Draft } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { listExercises } from '../list-exercises.ts'
import { GroupsChart } from './groups-chart.tsx'
import { templates, type Template } from './templates.ts'

type Row = Awaited<ReturnType<typeof listExercises.run>>['exercises'][number]

/** What runs, how the team did as a group, and the mails to begin with. */
export const ExercisesPage = ({ page, rows, ...draft }: Draft & { page: Page; rows: readonly Row[] }) => {
  const [open, ended] = [rows.filter(({ state }) => state !== 'ended'), rows.filter(({ state }) => state === 'ended')]
  return (
    <DeskLayout page={page} title="Exercises">
      <PageHead title="Exercises" lead="A harmless phishing mail to your own team. It teaches; it does not test people: nobody sees who opened it." />
      <ErrorSummary errors={draft.errors} />
      {open.length > 0 ? <Open rows={open} /> : null}
      {ended.map((row, i) => <Ended row={row} id={`exercise-${i}`} />)}
      {rows.length > 0 ? null
        : <Empty title="No exercise yet" text="Begin with one of the mails below. A second person approves it before anything is sent." />}
      <section class="stack" aria-labelledby="mails">
        <h2 id="mails">Mails to begin with</h2>
        <ul class="results stack">{templates.map(({ name, title, subject }) => (
          <li><a href={at(`/desk/exercises/new/${name}`)}>{title}</a><br /><span class="soft">{subject}</span></li>
        ))}</ul>
      </section>
    </DeskLayout>
  )
}

const Open = ({ rows }: { rows: readonly Row[] }) => (
  <DataTable caption="Planned and running" rows={rows} columns={[
    { head: 'Mail', header: true, cell: ({ subject }) => subject },
    { head: 'Days', cell: ({ first_day: first, last_day: last }) => first === last ? first : `${first} to ${last}` },
    { head: 'Stands', cell: ({ state, people, sent }) => state === 'running' ? `running, ${sent} of ${people} sent` : state },
    { head: 'For your mail gateway', cell: ({ exercise }) => <code>X-Avow-Exercise: {exercise}</code> },
    { head: 'Do', cell: ({ exercise, state }) =>
      <PostButton to={`/desk/exercises/${exercise}/end`} look="quiet">{state === 'running' ? 'End it now' : 'Drop it'}</PostButton> },
  ]} />
)

const Ended = ({ row: { subject, first_day: first, last_day: last, groups }, id }: { row: Row; id: string }) => (
  <section class="sheet stack" aria-labelledby={`${id}-heading`}>
    <h2 id={`${id}-heading`}>{subject}</h2>
    <p class="soft">{first} to {last}</p>
    {groups && groups.length > 0 ? <GroupsChart groups={groups} id={id} subject={subject} />
      : <p>It went to fewer than five people, so that nothing is told of it.</p>}
  </section>
)

interface New extends Draft { page: Page; template: Template }

/** A mail to edit, with what gives it away, and when it is sent. */
export const NewExercisePage = ({ page, template, ...draft }: New) => {
  const shown = (name: 'sender' | 'subject' | 'body') => draft.input ? kept(draft, name) : { name, value: template[name] }
  return (
    <DeskLayout page={page} title={template.title}>
      <PageHead title={template.title} trail={<a href={at('/desk/exercises')}>Exercises</a>}
        lead="It goes to everybody on your team, and to nobody else, each at a moment of their own between eight and five." />
      <ErrorSummary errors={draft.errors} />
      <Form to={`/desk/exercises/new/${template.name}`} guard>
        <Field {...shown('sender')} label="It seems to come from" hint="A name of nobody real. The address stays that of Avow’s mails." />
        <Field {...shown('subject')} label="Subject" />
        <Field {...shown('body')} label="The mail" rows={12}
          hint={<>Where its link goes: <code>{'{link:words to click}'}</code>, or <code>{'{qr}'}</code> for a code. No other address.</>} />
        <Field {...(draft.input ? kept(draft, 'clues') : { name: 'clues', value: template.clues.join('\n') })} label="What gives it away" rows={7}
          hint="A line each. The lesson behind the link tells them." />
        <Field {...kept(draft, 'first_day')} label="First day" type="date" />
        <Field {...kept(draft, 'last_day')} label="Last day" type="date" hint="Monday to Friday only. Links count for a week longer." />
        <Button>Ask a second person to approve it</Button>
      </Form>
    </DeskLayout>
  )
}
