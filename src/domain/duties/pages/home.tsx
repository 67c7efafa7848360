import { dutyWords } from '../../../commitments/index.ts'
import { DeskLayout } from '../../../ui/desk-layout.tsx'
import { PageHead, Pagination } from '../../../ui/facts.tsx'
import { Empty, Notice } from '../../../ui/notice.tsx'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { DeskNotice } from '../../accounts/index.ts'
import type { DeskDuty } from '../desk-duties.ts'
import type { More, Section } from '../sections.ts'

export interface Home {
  page: Page
  notices: readonly DeskNotice[]
  n: number
  late: number
  sections: readonly Section<DeskDuty>[]
  openReports: number | null
  hasPolicy: boolean
}

/** The desk's first page: what is owed, the most pressing first. */
export const HomePage = ({ page, notices, n, late, sections, openReports, hasPolicy }: Home) => (
  <DeskLayout page={page} title="Duties" live>
    <PageHead title="Duties" lead={n === 0 ? 'Nothing is owed right now.' : `${many(n)} open, ${late === 0 ? 'none' : many(late)} late.`} />
    {notices.map(({ title, text, place, tone }) => <Notice tone={tone} title={title}><p>{text} <a href={at(place)}>Look</a></p></Notice>)}
    {n === 0 ? <NothingDue hasPolicy={hasPolicy} openReports={openReports} /> : null}
    <Duties sections={sections} zone={page.zone} />
  </DeskLayout>
)

interface OfPromise {
  page: Page; policy: string; mark: string; sentence: string; n: number; from: number; most: number; sections: readonly Section<DeskDuty>[]
}

/** All that one promise calls for, a page at a time. */
export const PromisePage = ({ page, policy, mark, sentence, n, from, most, sections }: OfPromise) => {
  const last = Math.min(n, from + most)
  const pageAt = (first: number) => `${allOf({ policy, mark })}&from=${first}`
  return (
    <DeskLayout page={page} title="Duties of one promise" live>
      <PageHead title="Duties of one promise" lead={n === 0 ? 'Nothing is owed for it right now.' : `${many(n)} open.`} />
      <p>{sentence ? <>Promised: <a href={at(`/policies/${policy}#c-${mark}`)}>{sentence}</a> · </> : null}<a href={at('/desk')}>All duties</a></p>
      <Duties sections={sections} zone={page.zone} one />
      {n > most ? <Pagination shown={`${many(from + 1)} to ${many(last)} of ${many(n)}`} earlier={from > 0 ? pageAt(Math.max(0, from - most)) : undefined}
        later={last < n ? pageAt(last) : undefined} /> : null}
    </DeskLayout>
  )
}

const many = (n: number): string => n.toLocaleString('en-GB')
const allOf = ({ policy, mark }: Pick<More, 'policy' | 'mark'>): string => `/desk?${new URLSearchParams({ policy, mark }).toString()}`

/** The most pressing first. `one`: they are all of one promise, which is not said again with each. */
export const Duties = ({ sections, zone, one }: { sections: readonly Section<DeskDuty>[]; zone: string; one?: boolean }) => (
  <>
    {sections.map(({ title, n, shown, more }) => (
      <section class="stack" aria-label={title}>
        <h2>{title} <span class={title === 'Late' ? 'count count-late' : 'count'}>{many(n)}</span></h2>
        <ul class="duties">
          {shown.map((duty) => <DutyLine duty={duty} zone={zone} soon={title === 'Within a week'} of={one ? '' : duty.sentence} />)}
          {more.map((rest) => <MoreLine more={rest} zone={zone} late={title === 'Late'} soon={title === 'Within a week'} />)}
        </ul>
      </section>
    ))}
  </>
)

/** What the same promise calls for besides, in one line. */
const MoreLine = ({ more: { policy, mark, what, n, dueAt }, zone, late, soon }: { more: More; zone: string; late: boolean; soon: boolean }) => (
  <li class={late ? 'duty duty-late' : soon ? 'duty duty-soon' : 'duty'}>
    <div><span class="duty-what">{dutyWords(what)}</span> · {many(n)} more</div>
    <span class="duty-when">{dueAt === null ? 'clock stands still' : <>{late ? 'the next was due' : 'the next by'} <Time at={dueAt} zone={zone} /></>}</span>
    <a class="button button-second" href={at(allOf({ policy, mark }))}>All<span class="unseen">: {dutyWords(what)}</span></a>
  </li>
)

const DutyLine = ({ duty, zone, soon, of }: { duty: DeskDuty; zone: string; soon: boolean; of: string }) => (
  <li class={duty.late ? 'duty duty-late' : soon ? 'duty duty-soon' : 'duty'}>
    <div>
      <span class="duty-what">{dutyWords(duty.what)}</span>
      <About duty={duty} />
      {of ? <div class="soft">Promised: <a href={at(`/policies/${duty.policy}#c-${duty.mark}`)}>{of}</a>{duty.owner ? ` · ${duty.owner}` : ''}</div> : null}
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
