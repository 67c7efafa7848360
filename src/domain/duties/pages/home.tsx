import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { PageHead } from '../../../ui/facts.tsx'
import { Empty, Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { DeskNotice } from '../../accounts/index.ts'
import { byUrgency, type DeskDuty } from '../desk-duties.ts'
import { dutyWords } from '../../../commitments/index.ts'

export interface Home {
  page: Page
  notices: readonly DeskNotice[]
  duties: readonly DeskDuty[]
  nowMs: number
  openReports: number | null
  hasPolicy: boolean
}

/** The desk's first page: what is owed, the most pressing first. */
export const HomePage = ({ page, notices, duties, nowMs, openReports, hasPolicy }: Home) => (
  <DeskLayout page={page} title="Duties" live>
    <PageHead title="Duties" lead={lead(duties)} />
    {notices.map(({ title, text, place, tone }) => <Notice tone={tone} title={title}><p>{text} <a href={at(place)}>Look</a></p></Notice>)}
    {duties.length === 0 ? <NothingDue hasPolicy={hasPolicy} openReports={openReports} /> : null}
    <Duties duties={duties} nowMs={nowMs} zone={page.zone} />
  </DeskLayout>
)

/** The most pressing first. */
export const Duties = ({ duties, nowMs, zone }: { duties: readonly DeskDuty[]; nowMs: number; zone: string }) => (
  <>
    {byUrgency(duties, nowMs).map(([title, list]) => (
      <section class="stack" aria-label={title}>
        <h2>{title} <span class={title === 'Late' ? 'count count-late' : 'count'}>{list.length}</span></h2>
        <ul class="duties">{list.map((duty) => <DutyLine duty={duty} zone={zone} soon={title === 'Within a week'} />)}</ul>
      </section>
    ))}
  </>
)

function lead(duties: readonly DeskDuty[]): string {
  const late = duties.filter((duty) => duty.late).length
  if (duties.length === 0) return 'Nothing is owed to anybody right now.'
  return late === 0 ? `${duties.length} open, none late.` : `${duties.length} open, ${late} late.`
}

const DutyLine = ({ duty, zone, soon }: { duty: DeskDuty; zone: string; soon: boolean }) => (
  <li class={duty.late ? 'duty duty-late' : soon ? 'duty duty-soon' : 'duty'}>
    <div>
      <span class="duty-what">{dutyWords(duty.what)}</span>
      <About duty={duty} />
      <div class="soft">Promised: <a href={at(`/policies/${duty.policy}#c-${duty.mark}`)}>{duty.sentence}</a>{duty.owner ? ` · ${duty.owner}` : ''}</div>
    </div>
    <span class="duty-when"><When duty={duty} zone={zone} /></span>
    <Deed duty={duty} />
  </li>
)

const When = ({ duty: { dueAt, late }, zone }: { duty: DeskDuty; zone: string }) => dueAt === null
  ? <>clock stands still</>
  : <>{late ? 'was due' : 'by'} <Time at={dueAt} zone={zone} /></>

/** A report is opened; what has a page of its own is done there. */
const Deed = ({ duty: { report, place, deed, what, about } }: { duty: DeskDuty }) => {
  if (report) return <a class="button button-second" href={at(`/desk/reports/${report.id}`)}>Open</a>
  if (place === null) return <span></span>
  return (
    <a class="button button-second" href={at(place)}>
      {deed}<span class="unseen">: {dutyWords(what)} {about}</span>
    </a>
  )
}

const About = ({ duty }: { duty: DeskDuty }) =>
  duty.report
    ? <> · <a href={at(`/desk/reports/${duty.report.id}`)}>{duty.report.title ?? 'Erased report'}</a> <code class="reference">{duty.report.reference}</code></>
    : duty.about ? <> · {duty.about}</> : null

const NothingDue = ({ hasPolicy, openReports }: { hasPolicy: boolean; openReports: number | null }) => hasPolicy
  ? (
    <Empty title="All done" text="Every promise that calls for something has been met so far. What comes due stands here by itself.">
      <a href={at('/desk/reports')}>{openReports ? `${openReports} open ${openReports === 1 ? 'report' : 'reports'}` : 'Reports'}</a>
    </Empty>
  )
  : (
    <Empty title="Begin with a policy" text="Duties come from promises. Write down what you promise, or import the security page that you have.">
      <a class="button" href={at('/desk/policies')}>Policies</a>
    </Empty>
  )
