import type { Decision, Quarter } from 'avow-verify'
import { at } from '../../../web/place.ts'
import { DataTable, DefinitionList, Record, recordLine, Standing, Time, vouchWords, YearChart } from '../../../ui/index.ts'
import { promiseId, type PromiseView, type Shown } from './promise.ts'

/** Beside the sentence: its standing and record in a line; opened, everything that is behind it. Works without script. */
export const PromiseNote = ({ promise, zone }: { promise: PromiseView; zone: string }) => promise.shown
  ? <ShownNote promise={promise} shown={promise.shown} zone={zone} />
  : <div class="note note-private" id={promiseId(promise.mark)}>A promise without a public standing.</div>

const ShownNote = ({ promise, shown, zone }: { promise: PromiseView; shown: Shown; zone: string }) => (
  <details class={`note is-${shown.standing}`} id={promiseId(promise.mark)} name="promise">
    <summary>
      <Standing standing={shown.standing} due={shown.due_at} zone={zone} />
      <span class="note-line">{recordLine(shown.record) || onWhoseWord(shown)}</span>
    </summary>
    <div class="note-body">
      <p class="soft">“{promise.sentence}”</p>
      <PromiseDetails promise={promise} shown={shown} zone={zone} />
      <p class="note-proof"><Proof shown={shown} zone={zone} /></p>
    </div>
  </details>
)

const Proof = ({ shown, zone }: { shown: Shown; zone: string }) => {
  const link = <a href={at(`/verify?policy=${shown.policy}&commitment=${shown.mark}`)}>Check this yourself</a>
  if (shown.provable === 'by-auditors') return <>Stated, sealed: an auditor can recompute it.</>
  if (shown.provable_from !== undefined) return <>Attested; anyone can recompute it from <Time at={shown.provable_from} zone={zone} dateOnly /> on. {link}</>
  return shown.provable === 'later' ? <>Attested; anyone can recompute it once the embargo on a case is over. {link}</> : link
}

/** Everything behind a standing: what is measured, what came of it, who says so, and the entries that decided it. */
export const PromiseDetails = ({ promise, shown, zone, linked }: { promise: PromiseView; shown: Shown; zone: string; linked?: boolean }) => (
  <>
    <p class="note-rule">{promise.words}</p>
    {shown.record.total > 0 ? <Record {...shown.record} /> : null}
    {shown.months.some(m => m.total > 0)
      ? <YearChart id={`${promiseId(promise.mark)}-year`} label="The last twelve months, month by month" months={shown.months.slice(-12)} />
      : null}
    {shown.quarters?.some(({ total }) => total > 0) ? <Quarters of={shown.quarters} /> : null}
    <DefinitionList of={[
      ['Who vouches', shown.vouch ? onWhoseWord(shown) : undefined],
      ['Why no standing', isUnjudged(shown) ? onWhoseWord(shown) : undefined],
      [shown.standing === 'broken' ? 'Was due' : 'Next date', shown.due_at === undefined ? undefined : <Time at={shown.due_at} zone={zone} dateOnly />],
      ['So since', <Time at={shown.since} zone={zone} dateOnly />],
      ['Renewed until', shown.attested ? <Time at={shown.attested.until} zone={zone} dateOnly /> : undefined],
      ['Recorded late', shown.recorded_late || undefined],
      ['Corrected', shown.corrected || undefined],
      ['Rule', <code>{shown.rule}</code>],
      ['Owner', shown.owner],
      ['Decided by', shown.evidence.length ? <Evidence decisions={shown.evidence.slice(0, 5)} zone={zone} linked={linked} /> : undefined],
    ]} />
    {promise.explanations.map(e => <p><strong>The company on <Time at={e.at} zone={zone} dateOnly />:</strong> {e.text}</p>)}
  </>
)

/** What is sealed is told in totals. */
const Quarters = ({ of }: { of: readonly Quarter[] }) => (
  <DataTable caption="By calendar quarter: stated, sealed" unseenCaption={false} rows={of} columns={[
    { head: 'Quarter', header: true, cell: ({ quarter }) => quarter.replace(/(.*)-(.*)/, '$2 $1') },
    { head: 'Decided', end: true, cell: ({ total }) => total },
    { head: 'In time', end: true, cell: ({ in_time: met }) => met },
  ]} />
)

/** At the desk each entry leads to the record, where it can be corrected. */
const Evidence = ({ decisions, zone, linked }: { decisions: readonly Decision[]; zone: string; linked?: boolean | undefined }) => (
  <ul class="evidence">
    {decisions.map(({ at: when, outcome, entries }) => (
      <li><Time at={when} zone={zone} dateOnly />: {outcome}, {entries.length === 1 ? 'entry' : 'entries'}{' '}
        {entries.map((entry, i) => <>{i > 0 ? ' and ' : ''}{linked ? <a href={at(`/desk/record/${entry}`)}>{entry}</a> : entry}</>)}
      </li>
    ))}
  </ul>
)

const isUnjudged = ({ standing }: Shown) => standing === 'idle' || standing === 'unproven'

/** “The company says”. Where there is nothing to vouch for yet, why that is. */
function onWhoseWord({ standing, vouch }: Shown): string {
  if (standing === 'unproven') return 'Nothing shows it yet'
  if (standing === 'idle') return 'Nothing has called for it'
  if (!vouch) return 'Nothing has been decided yet'
  const words = vouchWords[vouch]
  return words[0]!.toUpperCase() + words.slice(1)
}
