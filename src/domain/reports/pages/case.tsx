import type { HtmlEscapedString } from 'hono/utils/html'
import type { DutyAbout } from '../../../commitments/index.ts'
import { capital } from '../../../lib/words.ts'
import { Button, Form } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { DefinitionList, PageHead } from '../../../ui/facts.tsx'
import { Field, kept, Select, type Draft } from '../../../ui/field.tsx'
import { ErrorSummary, Notice } from '../../../ui/notice.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Identity } from '../letters.ts'
import type { Colleague } from '../people.ts'
import type { ReportView } from '../read-report.ts'
import { closingReasons, may, severities } from '../report.ts'
import { CaseAccess } from './case-access.tsx'
import { MessageList, MilestoneList, Reported } from './case-parts.tsx'
import { DutyList } from './case-duties.tsx'

export interface Colleagues { added: readonly Colleague[]; others: readonly Colleague[] }
export interface Case extends Draft {
  page: Page
  report: ReportView & { reporter: Identity | null }
  duties: readonly DutyAbout[]
  colleagues: Colleagues
  /** What other folders have to show of it. */
  parts: { main: HtmlEscapedString[]; side: readonly HtmlEscapedString[] }
  doing?: string
}

/** One report at the desk: what is to do on top, then what was reported, then what was said. */
export const CasePage = (of: Case) => {
  const { page, report } = of
  return (
    <DeskLayout page={page} title={report.reference} live>
      <PageHead trail={<a href={at('/desk/reports')}>Reports</a>} title={report.reported?.title ?? 'Erased report'}
        lead={<><code class="reference">{report.reference}</code> · {capital(report.state)}{report.closed_because ? `: ${report.closed_because}`
          : ''}{report.severity ? ` · ${capital(report.severity)}` : ''}</>} />
      <ErrorSummary errors={of.errors} />
      {report.waiting_for_reporter ? <Notice>Waiting for the reporter’s answer. Clocks that the policy stops meanwhile stand still.</Notice> : null}
      <DutyList duties={of.duties} zone={page.zone} />
      <div class="case">
        <div class="case-main stack">
          <Reported report={report} files={`/desk/reports/${report.id}/files`} />
          {of.parts.main}
          <section class="stack" aria-labelledby="messages-title">
            <h2 id="messages-title">Messages</h2>
            <MessageList messages={report.messages} zone={page.zone} />
          </section>
        </div>
        <aside class="case-side stack" aria-label="What can be done">
          {page.may('reports.triage') ? <NextSteps {...of} /> : null}
          <Reporter reporter={report.reporter} />
          <CaseAccess report={report} {...of.colleagues} mayChange={page.may('reports.triage')} {...draftOf(of, 'people')} />
          {of.parts.side}
          <MilestoneList report={report} zone={page.zone} />
          {page.may('reports.erase') ? <Step {...of} name="erasure" title="Erase for good"><Erasure {...of} /></Step> : null}
        </aside>
      </div>
    </DeskLayout>
  )
}

const Reporter = ({ reporter }: { reporter: Identity | null }) => (
  <section>
    <h2>Reporter</h2>
    {reporter
      ? <DefinitionList of={[['Name', reporter.name], ['E-mail', reporter.email], ['Key', reporter.claimKey ? 'registered' : null]]} />
      : <p class="soft">Did not say who they are. They read your answer with their tracking phrase.</p>}
  </section>
)

/** Each step that the state allows, the usual next one first and open. */
const NextSteps = (of: Case) => {
  const { report } = of
  const can = (step: string) => may(step, report.state)
  return (
    <section class="stack" aria-label="Steps">
      <h2>Next</h2>
      {can('acknowledge')
        ? <Step {...of} name="acknowledgement" title="Acknowledge" first><Words {...of} name="acknowledgement" label="To the reporter" /></Step>
        : null}
      {can('verify') ? <Step {...of} name="verification" title="Verify" first={report.state === 'acknowledged'}><Severity {...of} /></Step> : null}
      {can('accept') ? <Step {...of} name="acceptance" title="Accept" first><p>It will be fixed. The times to fix start now.</p></Step> : null}
      {can('fix') ? <Step {...of} name="fix" title="Fix is live" first><p>The fix is where users are.</p></Step> : null}
      {can('resolve') ? <Step {...of} name="resolution" title="Resolve" first><Words {...of} name="resolution" label="To the reporter" /></Step> : null}
      {report.open ? <Step {...of} name="question" title="Ask the reporter"><Words {...of} name="question" label="To the reporter" /></Step> : null}
      <Step {...of} name="note" title="Note for the team"><Words {...of} name="note" label="Only the team sees this" /></Step>
      {can('close') ? <Step {...of} name="closure" title="Close without a fix"><Closure {...of} /></Step> : null}
    </section>
  )
}

type StepProps = Case & { name: string; title: string; first?: boolean; children?: unknown }

const Step = ({ report, doing, name, title, first, children }: StepProps) => (
  <details class="sheet step" open={doing ? doing === name : first} name="step">
    <summary>{title}</summary>
    <Form to={`/desk/reports/${report.id}/${name}`}>{children as never}<Button look={first ? 'first' : 'second'}>{title}</Button></Form>
  </details>
)

/** What belongs to another step's refused form stays out of this one. */
const draftOf = ({ doing, input, errors }: Case, name: string): Draft => (doing === name ? { input, errors } : {})

/** A message's field. Only the step that was refused keeps the plain id, so that its error's link arrives. */
const Words = (of: Case & { name: string; label: string }) =>
  <Field {...kept(draftOf(of, of.name), 'message')} id={of.doing === of.name ? undefined : `${of.name}-message`} label={of.label} rows={5} />

const Severity = (of: Case) => (
  <>
    <Field {...kept(draftOf(of, 'verification'), 'cvss')} label="CVSS vector" optional code hint="3.1 or 4.0. The severity follows from it." />
    <Select {...kept(draftOf(of, 'verification'), 'severity')} label="Or a severity in a word" optional placeholder="By the vector"
      options={severities.map((value) => ({ value, label: capital(value) }))} />
  </>
)

const Erasure = (of: Case) => (
  <>
    <p>The words are gone and cannot be brought back. Times, standings and proofs stay.</p>
    <Select {...kept(draftOf(of, 'erasure'), 'what')} label="What" options={[
      { value: 'identity', label: 'Who reported it' },
      ...(of.report.open || !of.report.reported ? [] : [{ value: 'content', label: 'What was reported' }, { value: 'everything', label: 'Both' }]),
    ]} />
    <Select {...kept(draftOf(of, 'erasure'), 'reason')} label="Why"
      options={[{ value: 'request', label: 'Somebody asked for it' }, { value: 'retention', label: 'Its time is over' }]} />
  </>
)

const Closure = (of: Case) => (
  <>
    <Select {...kept(draftOf(of, 'closure'), 'reason')} label="Reason" placeholder="Choose"
      options={closingReasons.map((value) => ({ value, label: capital(value) }))} />
    <Words {...of} name="closure" label="To the reporter" />
  </>
)
