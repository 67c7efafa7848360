import { Actions, Button, ButtonLink, CopyText, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listAssets } from '../find.ts'
import { importReport } from '../import-report.ts'
import { filesHere } from './draft.tsx'
import { Evidence, What } from './report-fields.tsx'

/** The team enters a report that reached it another way. */
export function importReportPages(web: Web): void {
  web.get('/desk/new-report', { may: 'reports.triage' }, (page) => importPage(page))
  web.form(importReport, {
    at: 'POST /desk/new-report', again: importPage, done: async (received, page) => html(<EnteredPage page={page} {...received} />),
  })
}

async function importPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const form = { assets: await page.reading(listAssets), files: await filesHere(page, input), input, errors }
  return (
    <DeskLayout page={page} title="Enter a report">
      <PageHead trail={<a href={at('/desk/reports')}>Reports</a>} title="Enter a report"
        lead={`One that came by telephone, in person or through somebody else’s platform. Its clocks run from now;
          when it came stands beside it as your word.`} />
      <ErrorSummary errors={errors} />
      <Form to="/desk/new-report" files guard>
        <section class="stack">
          <h2>How did it come?</h2>
          <Field {...kept(form, 'arrived_by')} label="By which way" hint="By telephone, at a fair, through a platform." />
          <Field {...kept(form, 'arrived_at')} label="When" optional hint="A day, 2026-03-01, or a moment, 2026-03-01T09:00:00Z. Empty for now." />
          <Field {...kept(form, 'name')} label="Reporter’s name" optional autocomplete="off" />
          <Field {...kept(form, 'email')} label="Reporter’s e-mail address" type="email" optional autocomplete="off"
            hint="Mails tell them only that something happened." />
        </section>
        <What {...form} />
        <Evidence {...form} />
        <Button>Enter the report</Button>
      </Form>
    </DeskLayout>
  )
}

const EnteredPage = ({ page, report, reference, phrase }: { page: Page; report: string; reference: string; phrase: string }) => (
  <DeskLayout page={page} title={`${reference} is entered`}>
    <PageHead title={`${reference} is entered`} />
    <section class="sheet stack" aria-labelledby="phrase-title">
      <h2 id="phrase-title">For its reporter</h2>
      <p>Whoever has this phrase reads our answers and fetches the receipt at <code>{page.address('/track')}</code>. It is shown only now. Pass it on,
        and keep no copy.</p>
      <CopyText text={phrase} label="Copy the phrase" large />
    </section>
    <Notice>Do not open the report with it yourself: what is written with the phrase counts as the reporter’s.</Notice>
    <Actions><ButtonLink href={at(`/desk/reports/${report}`)}>Open the case</ButtonLink></Actions>
  </DeskLayout>
)
