import type { HtmlEscapedString } from 'hono/utils/html'
import type { DutyAbout } from '../../../commitments/index.ts'
import { capital } from '../../../lib/words.ts'
import { PostButton } from '../../../ui/button.tsx'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { PageHead } from '../../../ui/facts.tsx'
import { ErrorSummary, Notice } from '../../../ui/notice.tsx'
import { inDays } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { CaseDesk } from '../desk/desk-of.ts'
import type { Drafts } from '../drafts.ts'
import type { Identity } from '../letters.ts'
import type { Colleague } from '../people.ts'
import type { ReportView } from '../read-report.ts'
import { CaseAccess } from './case-access.tsx'
import { CaseCompose } from './case-compose.tsx'
import { CaseDeskPart } from './case-desk.tsx'
import { DutyList } from './case-duties.tsx'
import { CaseHistory, CaseNews } from './case-news.tsx'
import { MessageList, MilestoneList, Reported } from './case-parts.tsx'
import { draftOf, Erasure, NextSteps, Step, type Doing } from './case-steps.tsx'

export interface Colleagues { added: readonly Colleague[]; others: readonly Colleague[] }
/** Of a duplicate: the earlier record that was named, if any, and whether it is a finding of our own that is still sealed. */
export interface Original { report: { id: string; reference: string } | null; sealedFinding: boolean }
export interface Case extends Doing {
  page: Page
  report: ReportView & { reporter: Identity | null }
  duties: readonly DutyAbout[]
  colleagues: Colleagues
  drafts: Drafts
  original: Original | null
  desk: CaseDesk
  now: number
  /** What other folders have to show of it. */
  parts: { main: HtmlEscapedString[]; after: HtmlEscapedString[]; side: HtmlEscapedString[] }
}

/** One report at the desk: what is owed on top, then what was found out, what was reported, what was said, and where to write. */
export const CasePage = (of: Case) => {
  const { page, report } = of
  const messages = report.messages.filter(({ voice }) => voice !== 'guest' && voice !== 'to guest')
  return (
    <DeskLayout page={page} title={report.short_id} live>
      <PageHead trail={<a href={at('/desk/reports')}>Reports</a>} title={report.reported?.title ?? 'Erased report'} lead={<Lead report={report} />} />
      <ErrorSummary errors={of.errors} />
      <CaseNews desk={of.desk} now={of.now} here={page.path} />
      <Waiting report={report} zone={page.zone} />
      <OriginalNotice {...of} />
      <DutyList duties={of.duties} zone={page.zone} />
      <Ways messages={messages.length} acts={page.may('reports.triage')} />
      <div class="case">
        <div class="case-main stack">
          {of.parts.main}
          <Reported report={report} files={`/desk/reports/${report.id}/files`} />
          <section class="stack" aria-labelledby="messages-title">
            <h2 id="messages-title">Messages</h2>
            <MessageList messages={messages} zone={page.zone} />
            {page.may('reports.triage') ? <CaseCompose {...of} templates={of.desk.templates} reporter={report.reporter} /> : null}
          </section>
          {of.parts.after}
        </div>
        <aside class="case-side stack" aria-label="What can be done">
          {page.may('reports.triage') ? <NextSteps {...of} /> : null}
          <CaseDeskPart {...of} />
          <Reporter reporter={report.reporter} />
          <CaseAccess report={report} {...of.colleagues} mayChange={page.may('reports.triage')} {...draftOf(of, 'people')} />
          {of.parts.side}
          <MilestoneList report={report} zone={page.zone} />
          <CaseHistory desk={of.desk} zone={page.zone} />
          {page.may('reports.erase') ? <Step {...of} name="erasure" title="Erase for good"><Erasure {...of} /></Step> : null}
        </aside>
      </div>
    </DeskLayout>
  )
}

/** A long page's places, for a thumb on a phone and for who comes back to read the answer. */
const Ways = ({ messages, acts }: { messages: number; acts: boolean }) => (
  <nav aria-label="On this page" class="ways">
    <a href="#reported-title">What was reported</a>
    <a href="#messages-title">Messages <span class="count">{messages}</span></a>
    {acts ? <><a href="#to-reporter">Write</a><a href="#next-title">Next step</a></> : null}
  </nav>
)

const Lead = ({ report }: { report: ReportView }) => (
  <>
    <code class="reference">{report.short_id}</code> · <code
      class="reference">{report.reference}</code> · {capital(report.state)}{report.closed_because ? `: ${report.closed_because}` : ''}
    {report.disclosed && report.state !== 'disclosed' ? ' · Public already' : ''}{report.severity ? ` · ${capital(report.severity)}` : ''}
  </>
)

const Waiting = ({ report, zone }: { report: ReportView; zone: string }) => {
  if (report.waiting_for_reporter && report.waiting_since) {
    const since = inDays(Temporal.Instant.from(report.waiting_since), zone)
    return <Notice>Waiting for the reporter’s answer since {since}. Clocks that the policy stops stand still.</Notice>
  }
  if (report.unanswered) {
    return (
      <Notice tone="warning" title="The reporter has not answered">
        They were reminded, and the clocks run again. Go on without the answer, or close the report: it can be opened again when they come back.
      </Notice>
    )
  }
  return report.retest_asked ? <Notice>The reporter was asked to try whether the fix holds.</Notice> : null
}

const OriginalNotice = ({ page, report, original }: Case) => {
  if (report.closed_because !== 'duplicate') return null
  if (!original) return <Notice tone="warning">No earlier record was named, so nothing proves to the reporter that it was known.</Notice>
  const named = original.report
    ? <>It repeats <a href={at(`/desk/reports/${original.report.id}`)}>{original.report.reference}</a>.</> : 'It repeats a finding of our own.'
  return (
    <Notice>
      <p>{named} The reporter has a file that binds us to that record, and learns what it says once it is open.</p>
      {original.sealedFinding && page.may('reports.triage')
        ? <PostButton to={`/desk/reports/${report.id}/original-opening`}>Show the reporter what we wrote down</PostButton> : null}
    </Notice>
  )
}

const Reporter = ({ reporter }: { reporter: Identity | null }) => (
  <section>
    <h2>Reporter</h2>
    {reporter
      ? <p>{[reporter.name, reporter.email, reporter.claimKey ? 'key registered' : ''].filter(Boolean).join(' · ')}</p>
      : <p class="soft">Did not say who they are. They read your answer with their tracking phrase.</p>}
  </section>
)
