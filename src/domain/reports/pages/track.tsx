import type { HtmlEscapedString } from 'hono/utils/html'
import type { DutyAbout } from '../../../commitments/index.ts'
import { Actions, Button, ButtonLink, Form } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { PublicLayout } from '../../../ui/layout.tsx'
import { ErrorSummary, Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import type { ReportView } from '../read-report.ts'
import { MilestoneList, MessageList, Reported } from './case-parts.tsx'
import { LeaveForm } from './received.tsx'

/** The door for reporters: a phrase, nothing else. */
export const TrackPage = ({ page, errors }: { page: Page; errors: FieldErrors }) => (
  <PublicLayout page={page} title="Follow a report">
    <h1>Follow a report</h1>
    <p class="lead">Enter the tracking phrase that you were shown when you sent the report.</p>
    <ErrorSummary errors={errors} />
    <Form to="/track">
      <Field name="phrase" label="Tracking phrase" hint="Six words with dashes, such as lusab-babad-gutih-tugad-hajoz-kimor." error={errors.phrase}
        autocomplete="off" />
      <Button>Open the report</Button>
    </Form>
  </PublicLayout>
)

interface Tracked {
  page: Page
  report: ReportView
  promised: DutyAbout | undefined
  /** What other folders have to show of it. */
  parts: HtmlEscapedString[]
  input: Entered
  errors: FieldErrors
}

/** The report as its reporter sees it. */
export const TrackedReportPage = ({ page, report, promised, parts, input, errors }: Tracked) => (
  <PublicLayout page={page} title={`Report ${report.reference}`}>
    <h1>{report.reported?.title ?? 'Erased report'}</h1>
    <p class="lead">{report.reference} · {report.in_words}{report.closed_because ? ` Reason: ${report.closed_because}.` : ''}</p>
    {report.waiting_for_reporter ? <Notice tone="warning" title="The team has a question for you">Please read it below and answer.</Notice> : null}
    {promised ? <Promised duty={promised} zone={page.zone} /> : null}
    <MilestoneList report={report} zone={page.zone} />
    <section class="stack" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages</h2>
      <MessageList messages={report.messages} zone={page.zone} />
      <ErrorSummary errors={errors} />
      <Form to="/track/report/messages">
        <Field name="message" label="Write to the team" rows={5} value={textOf(input, 'message')} error={errors.message} />
        <Button>Send</Button>
      </Form>
    </section>
    {parts}
    <section class="stack">
      <h2>Your receipt</h2>
      <p>Two files that prove, without us, what you reported and when. Anybody can check them on <a href={at('/verify')}>the verify page</a>.</p>
      <Actions>
        <ButtonLink href={at('/track/report/receipt')} look="second">Receipt</ButtonLink>
        <ButtonLink href={at('/track/report/content')} look="second">Content file</ButtonLink>
      </Actions>
    </section>
    <Reported report={report} files="/track/report/files" />
    <LeaveForm />
  </PublicLayout>
)

/** What the reporter can count on next, and whether we are late with it. */
const Promised = ({ duty: { sentence, dueAt, late }, zone }: { duty: DutyAbout; zone: string }) => (
  <p class="soft">{late ? 'You should have heard from us by' : 'You hear from us by'} <Time at={dueAt} zone={zone} />. We promised: “{sentence}”</p>
)
