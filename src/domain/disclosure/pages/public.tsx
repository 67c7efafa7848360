import { capital } from '../../../lib/words.ts'
import { DefinitionList, Empty, Message, Notice, PageHead, PublicLayout, Time, Timeline } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { weaknessName } from '../../reports/index.ts'
import type { PublishedLine, PublishedView } from '../published.ts'
import { Files, Lines, ordered, Shown } from './text.tsx'

export const DisclosedPage = ({ page, reports }: { page: Page; reports: readonly PublishedLine[] }) => (
  <PublicLayout page={page} title="Disclosed reports">
    <PageHead title="Disclosed reports" lead="Reports of weaknesses that were published, with a file each that proves what was reported." />
    {reports.length === 0 ? <Empty title="Nothing yet" text="Reports appear here once they are published." /> : (
      <ol class="results stack">
        {reports.map(({ reference, title, severity, published_at: published }) => (
          <li>
            <h2><a href={at(`/disclosed/${reference}`)}>{title}</a></h2>
            <p class="soft">{reference}{severity ? ` · ${capital(severity)}` : ''} · published <Time at={published} zone={page.zone} dateOnly /></p>
          </li>
        ))}
      </ol>
    )}
    <p><a href={at('/disclosed/feed.atom')}>Atom feed</a></p>
  </PublicLayout>
)

export const DisclosedReportPage = ({ page, report }: { page: Page; report: PublishedView }) => (
  <PublicLayout page={page} title={report.title}>
    <PageHead trail={<a href={at('/disclosed')}>Disclosed reports</a>} title={report.title} lead={leadOf(report)} />
    {report.summary ? <p class="as-written">{report.summary}</p> : null}
    <Known of={[
      ['Kind of weakness', report.weakness ? weaknessName(report.weakness) : null], ['Severity', report.severity && capital(report.severity)],
      ['CVSS', report.cvss ? <code>{report.cvss}</code> : null], ['Found by', report.credit.how === 'none' ? null : report.credit.name],
    ]} />
    <section class="stack" aria-labelledby="reported-title">
      <h2 id="reported-title">What was reported</h2>
      <Sealed report={report} />
      {ordered(report.members).map((member) => <Shown member={member} heading="h3" />)}
      <Files files={report.files} />
    </section>
    {report.messages.length === 0 ? null : (
      <section class="stack" aria-labelledby="messages-title">
        <h2 id="messages-title">From the messages</h2>
        {report.messages.map(({ author, lines, at: when }) => <Message from={author} at={when} zone={page.zone}><Lines lines={lines} /></Message>)}
      </section>
    )}
    <section class="stack" aria-labelledby="timeline-title">
      <h2 id="timeline-title">When</h2>
      <Timeline zone={page.zone} steps={report.timeline.map(({ what, at: when }) => ({ title: what, at: when }))} />
    </section>
    <Proof report={report} />
  </PublicLayout>
)

type Facts = Parameters<typeof DefinitionList>[0]['of']
const Known = ({ of }: { of: Facts }) => of.some(([, fact]) => fact) ? <DefinitionList of={of} /> : null

const leadOf = ({ reference, closed_because: because }: PublishedView) => because ? `${reference} · Closed: ${because}` : reference

const Sealed = ({ report: { members, messages } }: { report: PublishedView }) =>
  [...members, ...messages].some(({ lines }) => lines === null || lines.some(({ sealed }) => sealed)) ? (
  <Notice>Some of it stays sealed. ████ stands for a passage, whatever its length; a line with one is shown as we render it,
    and its original is sealed in the log.</Notice>
) : null

const Proof = ({ report: { reference, provable, messages } }: { report: PublishedView }) => (
  <section class="stack" aria-labelledby="proof-title">
    <h2 id="proof-title">Proof</h2>
    {provable ? (
      <>
        <p><a href={at(`/disclosed/${reference}/proof`)} download>{reference}.redacted.json</a> proves every line that is open here,
          and where something was left out.</p>
        <p class="hint"><code>avow verify {reference}.redacted.json --log ADDRESS</code> checks it. Title and summary are our words,
          and no part of the proof.{messages.every(({ proven }) => proven) ? null : ' Nor are messages whose lines the log did not commit to.'}</p>
      </>
    ) : <p>This report is from before its lines were committed to, so there is no file that proves them.</p>}
  </section>
)
