import type { HtmlEscapedString } from 'hono/utils/html'
import type { DutyAbout } from '../../../commitments/index.ts'
import { Actions, Button, ButtonLink, Form } from '../../../ui/button.tsx'
import { DefinitionList } from '../../../ui/facts.tsx'
import { Field, kept, Select } from '../../../ui/field.tsx'
import { PublicLayout } from '../../../ui/layout.tsx'
import { ErrorSummary, Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import type { Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import type { OriginalView } from '../duplicates/read-original.ts'
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

/** The reporter of a duplicate need not believe us: this binds us to the record that came first. */
const FirstRecord = ({ report, original, zone }: { report: ReportView; original: OriginalView | null; zone: string }) => {
  if (report.closed_because !== 'duplicate') return null
  return (
    <section class="sheet stack" aria-labelledby="first-title">
      <h2 id="first-title">What came first</h2>
      {original ? <Named original={original} reference={report.reference} zone={zone} /> : (
        <p>The team says that this was known, and named no earlier record. So you have its word alone. You can object by a message below.</p>
      )}
    </section>
  )
}

const Named = ({ original: { index, recorded_at: at_, own, opened }, reference, zone }: { original: OriginalView; reference: string; zone: string }) => (
  <>
    <p>
      It stands in our log as entry {index}, recorded <Time at={at_} zone={zone} />{own === null ? '' : `; your report is entry ${own}`}. The file
      below binds us to it: from now on we cannot call anything else the original. {opened ? null : 'What it says is opened to you when it is published.'}
    </p>
    {opened ? <Opened parts={opened} /> : null}
    <Actions><ButtonLink href={at('/track/report/original')} look="second">The file that binds us</ButtonLink></Actions>
    <p class="hint">Keep it with your receipt. <code>avow verify {reference}.duplicate.json {reference}.tlog-proof</code> checks both without us.</p>
  </>
)

const Opened = ({ parts }: { parts: NonNullable<OriginalView['opened']> }) => {
  const open = parts.filter((part) => part !== null && part.value !== '')
  const sealed = parts.filter((part) => part === null).length
  return (
    <>
      <DefinitionList of={open.map((part) => [part!.of, <span class="as-written">{String(part!.value)}</span>] as const)} />
      {sealed > 0 ? <p class="soft">{sealed} {sealed === 1 ? 'part of it stays' : 'parts of it stay'} sealed.</p> : null}
    </>
  )
}

/** The fix is live, and whoever found the weakness knows best whether it holds. */
const RetestForm = ({ errors, input }: Pick<Tracked, 'errors' | 'input'>) => (
  <section class="sheet stack" aria-labelledby="retest-title">
    <h2 id="retest-title">Does the fix hold?</h2>
    <p>The team asks you to try it. What to try stands in the messages.</p>
    <Form to="/track/report/retest">
      <Select {...kept({ input, errors }, 'result')} label="Result" placeholder="Choose"
        options={[{ value: 'passed', label: 'Yes: the weakness is gone' }, { value: 'failed', label: 'No: it can still be done' }]} />
      <Field {...kept({ input, errors }, 'message')} id="retest-message" label="What you tried, and what you saw" rows={4} />
      <Button>Tell the team</Button>
    </Form>
  </section>
)

interface Tracked {
  page: Page
  report: ReportView
  promised: DutyAbout | undefined
  /** Of a duplicate: what came first, if it was named. */
  original: OriginalView | null
  doing?: 'retest' | undefined
  /** What other folders have to show of it. */
  parts: HtmlEscapedString[]
  input: Entered
  errors: FieldErrors
}

/** The report as its reporter sees it. */
export const TrackedReportPage = ({ page, report, promised, original, doing, parts, input, errors }: Tracked) => (
  <PublicLayout page={page} title={`Report ${report.reference}`}>
    <h1>{report.reported?.title ?? 'Erased report'}</h1>
    <p class="lead">{report.reference} · {report.short_id} · {report.in_words}{report.closed_because ? ` Reason: ${report.closed_because}.` : ''}</p>
    <ErrorSummary errors={errors} />
    {report.waiting_for_reporter ? <Notice tone="warning" title="The team has a question for you">Please read it below and answer.</Notice> : null}
    {report.retest_asked ? <RetestForm {...doing === 'retest' ? { errors, input } : { errors: {}, input: {} }} /> : null}
    <FirstRecord report={report} original={original} zone={page.zone} />
    {promised ? <Promised duty={promised} zone={page.zone} /> : null}
    <MilestoneList report={report} zone={page.zone} />
    <section class="stack" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages</h2>
      <MessageList messages={report.messages} zone={page.zone} />
      <Form to="/track/report/messages">
        <Field {...kept(doing ? {} : { input, errors }, 'message')} label="Write to the team" rows={5} />
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
