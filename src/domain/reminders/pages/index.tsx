import {
  Actions, Button, Checkbox, CopyText, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, Notice, PageHead, PostButton, Select, Time,
} from '../../../ui/index.ts'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { MePage } from '../../accounts/index.ts'
import { listResponsibilities } from '../../responsibilities/index.ts'
import { chooseReminders, readReminders } from '../choices.ts'
import { listEscalations, setEscalation } from '../escalation.ts'
import { endFeed, feedOf, makeFeed, noteReading } from '../feed.ts'
import { colleagues } from '../colleagues.ts'

const mine = '/me/reminders'
const desk = '/desk/escalation'

/** What one is told by mail and by calendar, and who is told next. */
export function reminderPages(web: Web): void {
  web.get(mine, { may: 'own.do' }, (page) => minePage(page))
  web.form(chooseReminders, { at: `POST ${mine}`, again, done: (_, page) => said(page, 'Kept.', mine) })
  web.form(makeFeed, { at: `POST ${mine}/calendar`, again, done: ({ token }, page) => html(FeedPage({ page, token })) })
  web.form(endFeed, { at: `POST ${mine}/calendar/end`, again, done: (_, page) => said(page, 'The address is dead.', mine) })
  web.get('/calendar/:token', { may: 'public.read' }, calendar)
  web.get(desk, { may: 'organization.manage' }, (page) => deskPage(page))
  web.form(setEscalation, { at: `POST ${desk}`, again: deskPage, done: (_, page) => said(page, 'Kept.', desk) })
}

const again = (page: Page, _: Entered, errors: FieldErrors) => minePage(page, errors)

function said(page: Page, words: string, path: string): string {
  page.say(words)
  return path
}

async function calendar(page: Page): Promise<Response> {
  const token = page.param('token').replace(/\.ics$/, '')
  const body = await page.reading((tx) => feedOf(tx, token, (path) => page.address(path)))
  await page.deps.database.write(page.organization.id, (tx) => noteReading(tx, token))
  return new Response(body, { headers: { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' } })
}

async function minePage(page: Page, errors: FieldErrors = {}) {
  const { digest, reminders, calendar: feed } = await page.read(readReminders, {})
  return (
    <MePage page={page} title="Reminders" lead="What you are told of, and how. Letters say what is due and when, never what somebody wrote.">
      <ErrorSummary errors={errors} />
      <Form to={mine}>
        <Checkbox name="digest" label="A letter on the mornings of working days, when something of mine is due within a week" checked={digest} />
        <Checkbox name="reminders" label="A letter when something of mine is nearly due" checked={reminders} />
        <Button>Keep it so</Button>
      </Form>
      <section class="stack" aria-labelledby="calendar">
        <h2 id="calendar">In your calendar</h2>
        <p>Your calendar program can read what you owe under an address of its own. Whoever knows it sees that too: what is due, when, and references.</p>
        {feed ? <Made at={feed.made_at} read={feed.read_at} zone={page.zone} /> : null}
        <Actions>
          <PostButton to={`${mine}/calendar`} look="second">{feed ? 'Make a new address' : 'Make the address'}</PostButton>
          {feed ? <PostButton to={`${mine}/calendar/end`} look="quiet">End it</PostButton> : null}
        </Actions>
      </section>
    </MePage>
  )
}

const Made = ({ at, read, zone }: { at: string; read: string | null; zone: string }) => (
  <p>It was made on <Time at={at} zone={zone} /> and {read ? <>last read <Time at={read} zone={zone} /></> : 'was never read'}.</p>
)

const FeedPage = ({ page, token }: { page: Page; token: string }) => (
  <MePage page={page} title="The address of your calendar">
    <Notice>It is shown only now. Add it to your calendar program as a calendar to subscribe to.</Notice>
    <CopyText text={page.address(`/calendar/${token}.ics`)} label="the address" />
  </MePage>
)

async function deskPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { escalations } = await page.read(listEscalations, {})
  const { areas } = await page.read(listResponsibilities, {})
  const people = await page.reading(colleagues)
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const chosen = valuesOf(input, 'next')
  const options = [{ value: '', label: 'Nobody' }, ...people.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <DeskLayout page={page} title="Who is told next">
      <PageHead title="Who is told next"
        lead={`Whoever owes something is reminded when three quarters of its time are gone, and on its last day. Here you say who hears of it when that
          did not help. Once it is late, those who lead are told.`} />
      <ErrorSummary errors={errors} />
      {escalations.length === 0
        ? <Empty title="Nobody else is told before a deadline" text="Choose for reports at least." />
        : <DataTable caption="Who is told next" rows={escalations} columns={[
          { head: 'For', header: true, cell: ({ area }) => area === 'reports' ? 'Reports' : area },
          { head: 'In this order', cell: ({ account_ids: ids }) => ids.map((id) => names.get(id) ?? 'somebody who has left').join(', then ') },
          { head: 'Hours before', cell: ({ hours_before: hours }) => hours },
        ]} />}
      <section class="sheet stack" aria-labelledby="set">
        <h2 id="set">Say who</h2>
        <Form to={desk}>
          <Select name="area" label="For" value={textOf(input, 'area')} error={errors['area']}
            options={[{ value: 'reports', label: 'Reports' }, ...areas.filter(({ promised }) => promised).map(({ area }) => ({ value: area, label: area }))]} />
          {['First', 'Then', 'After that'].map((label, i) => (
            <Select name="next" id={`next-${i}`} label={label} optional value={chosen[i] ?? ''} options={options}
              error={i === 0 ? errors['next'] : undefined} />
          ))}
          <Field name="hours_before" label="Hours before the deadline" type="number" value={textOf(input, 'hours_before') || '24'}
            error={errors['hours_before']} />
          <Button>Keep it so</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}
