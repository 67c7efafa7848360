import type { Standing as Computed, StandingName, Vouch } from 'avow-verify'
import { span, Time } from './time.tsx'
import { MarkShape, standingWords } from './mark-shapes.tsx'

/** Who says so: nothing is shown as kept without telling on whose word. */
export const vouchWords: Readonly<Record<Vouch, string>> = {
  machine: 'a machine that looked',
  'third-party': 'a third party’s signed document',
  both: 'both sides of the matter',
  company: 'the company says',
}

interface StandingProps { standing: StandingName; chip?: boolean; due?: Temporal.Instant | Date | string | number | undefined; zone?: string }

/** A standing: shape and word, with its date where it is due. */
export const Standing = ({ standing, chip, due, zone = 'UTC' }: StandingProps) => (
  <span class={`standing is-${standing}${chip ? ' standing-chip' : ''}`}>
    <MarkShape of={standing} />
    <span>{standingWords[standing]}{standing === 'due' && due ? <> by <Time at={due} zone={zone} dateOnly /></> : null}</span>
  </span>
)

/** In the order in which they are told. */
export const standingNames: readonly StandingName[] = ['kept', 'due', 'broken', 'idle', 'unproven']
const inSummary: Readonly<Record<StandingName, string>> = {
  kept: 'kept', due: 'due', broken: 'target missed', idle: 'not called for yet', unproven: 'unproven',
}

/** How many promises have which standing; those that none has are left out. */
export const StandingSummary = ({ counts }: { counts: Partial<Record<StandingName, number>> }) => (
  <ul class="summary" aria-label="Promises by standing">
    {standingNames.filter(s => counts[s]).map(s => (
      <li class={`is-${s}`}><MarkShape of={s} /><span class="summary-count">{counts[s]}</span><span class="summary-word">{inSummary[s]}</span></li>
    ))}
  </ul>
)

type Figures = Computed['record']

/** The record of a commitment over all of its time: a missed instance stays in it for ever. */
export const Record = ({ total, in_time: inTime, median_ms: median, open }: Figures) => (
  <dl class="record">
    <div><dt>times decided</dt><dd>{total}</dd></div>
    <div><dt>in time</dt><dd>{inTime}</dd></div>
    {median === undefined ? null : <div><dt>median time taken</dt><dd>{span(median)}</dd></div>}
    {open ? <div><dt>open now</dt><dd>{open}</dd></div> : null}
  </dl>
)

/** The same in one line: “41 of 42 in time · median 9 h”. Empty where nothing has been decided. */
export const recordLine = ({ total, in_time: inTime, median_ms: median }: Figures): string =>
  total === 0 ? '' : [`${inTime} of ${total} in time`, median === undefined ? '' : `median ${span(median)}`].filter(Boolean).join(' · ')
