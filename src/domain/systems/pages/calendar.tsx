import { withEngine } from '../../../commitments/index.ts'
import { Button, CheckboxGroup, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, Select } from '../../../ui/index.ts'
import { valuesOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { setCalendar } from '../set-calendar.ts'
import { onOneField, saying } from './parts.tsx'

/** When the company works: by this, business days, months and quarters are counted. */
export function calendarPages(web: Web): void {
  web.get('/desk/calendar', { may: 'organization.manage' }, async (page) => calendarPage(page, await current(page)))
  web.form(setCalendar, {
    at: 'POST /desk/calendar', again: calendarPage, done: saying('Deadlines that begin from now on are counted by it.', '/desk/calendar'),
  })
}

const current = (page: Page): Promise<Entered> => page.reading((tx) => withEngine(tx, ({ engine: { calendar } }) => ({
  zone: page.zone, workdays: Object.fromEntries(calendar.workdays.map((day, i) => [String(i), String(day)])), holidays: calendar.holidays.join('\n'),
})))

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

function calendarPage(page: Page, input: Entered, wrong: FieldErrors = {}) {
  const errors = onOneField(wrong, 'holidays')
  const draft = { input, errors }
  return (
    <DeskLayout page={page} title="Calendar">
      <PageHead title="Calendar" trail={<a href={at('/desk/evidence')}>Evidence</a>}
        lead="By it deadlines are counted: business days, months, quarters. It is public. Deadlines that run already keep their date." />
      <ErrorSummary errors={errors} />
      <Form to="/desk/calendar">
        <Select {...kept(draft, 'zone')} label="Time zone" options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))} />
        <CheckboxGroup name="workdays" label="Workdays" options={days.map((label, i) => ({ value: String(i + 1), label }))}
          values={valuesOf(input, 'workdays')} error={errors['workdays']} />
        <Field {...kept(draft, 'holidays')} label="Holidays" rows={8} code optional hint="One a line: 2026-12-25." />
        <Button>Set the calendar</Button>
      </Form>
    </DeskLayout>
  )
}
