import { span, Time } from './time.tsx'
import { MarkShape, standingWords, type StandingWord } from './mark-shapes.tsx'

/** Who says so: nothing is shown as kept without telling on whose word. */
export type Vouch = 'machine' | 'third-party' | 'both' | 'company'

export const vouchWords: Readonly<Record<Vouch, string>> = {
  machine: 'a machine that looked',
  'third-party': 'a third party’s signed document',
  both: 'both sides of the matter',
  company: 'the company says',
}

interface StandingProps { standing: StandingWord; chip?: boolean; due?: Temporal.Instant | Date | string | number | undefined; zone?: string }

/** A standing: shape and word, with its date where it is due. */
export const Standing = ({ standing, chip, due, zone = 'UTC' }: StandingProps) => (
  <span class={`standing is-${standing}${chip ? ' standing-chip' : ''}`}>
    <MarkShape of={standing} />
    <span>{standingWords[standing]}{standing === 'due' && due ? <> by <Time at={due} zone={zone} dateOnly /></> : null}</span>
  </span>
)

const order: readonly StandingWord[] = ['kept', 'due', 'broken', 'idle', 'unproven']
const inSummary: Readonly<Record<StandingWord, string>> = {
  kept: 'kept', due: 'due', broken: 'target missed', idle: 'not called for yet', unproven: 'unproven',
}

/** How many promises have which standing; those that none has are left out. */
export const StandingSummary = ({ counts }: { counts: Partial<Record<StandingWord, number>> }) => (
  <ul class="summary" aria-label="Promises by standing">
    {order.filter(s => counts[s]).map(s => (
      <li class={`is-${s}`}><MarkShape of={s} /><span class="summary-count">{counts[s]}</span><span class="summary-word">{inSummary[s]}</span></li>
    ))}
  </ul>
)

export interface RecordFigures { readonly total: number; readonly inTime: number; readonly medianMs?: number | undefined; readonly open?: number | undefined }

/** The record of a commitment over all of its time: a broken instance stays in it for ever. */
export const Record = ({ total, inTime, medianMs, open }: RecordFigures) => (
  <dl class="record">
    <div><dt>times called for</dt><dd>{total}</dd></div>
    <div><dt>in time</dt><dd>{inTime}</dd></div>
    {medianMs === undefined ? null : <div><dt>median time taken</dt><dd>{span(medianMs)}</dd></div>}
    {open ? <div><dt>open now</dt><dd>{open}</dd></div> : null}
  </dl>
)

/** The same in one line: “41 of 42 in time · median 9 h”. */
export const recordLine = ({ total, inTime, medianMs }: RecordFigures): string =>
  total === 0 ? '' : [`${inTime} of ${total} in time`, medianMs === undefined ? '' : `median ${span(medianMs)}`].filter(Boolean).join(' · ')
