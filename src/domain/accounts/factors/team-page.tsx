import { Button, DataTable, DeskLayout, ErrorSummary, Field, Form, PageHead, Time } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listSecondFactors, requireSecondFactor } from './require-second-factor.ts'

/** Who of the team has a second factor, and how long the others may do without. */
export function teamFactorPages(web: Web): void {
  web.get('/desk/second-factors', { may: 'access.manage' }, (page) => teamPage(page))
  web.form(requireSecondFactor, { at: 'POST /desk/second-factors', again: teamPage, done: () => '/desk/second-factors' })
}

async function teamPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { days, members } = await page.read(listSecondFactors, {})
  const now = Temporal.Now.instant()
  return (
    <DeskLayout page={page} title="Second factors">
      <PageHead title="Second factors" trail={<a href={at('/desk/members')}>Members</a>}
        lead="Whoever is past their time reaches nothing but the page on which a second factor is added." />
      <ErrorSummary errors={errors} />
      <DataTable caption="The team" rows={members} columns={[
        { head: 'Name', cell: ({ name }) => name, header: true },
        { head: 'Second factor', cell: (one) => one.second_factor ? 'in place' : Temporal.Instant.compare(one.by, now) > 0 ? 'to be added' : 'missing' },
        { head: 'By', cell: ({ second_factor, by }) => second_factor ? null : <Time at={by} zone={page.zone} dateOnly /> },
      ]} />
      <section class="sheet stack" aria-labelledby="time">
        <h2 id="time">Time to add one</h2>
        <Form to="/desk/second-factors">
          <Field name="days" label="Days without a second factor" type="number" value={textOf(input, 'days') || String(days)} error={errors['days']}
            hint="From when somebody joins. For whoever has none today, they count anew from now." />
          <Button>Set the days</Button>
        </Form>
      </section>
    </DeskLayout>
  )
}
