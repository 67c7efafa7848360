import { at } from '../../../web/place.ts'
import { DefinitionList, Record, recordLine, Standing, Time, vouchWords, YearChart } from '../../../ui/index.ts'
import { promiseId, type PromiseView, type ShownStanding } from './promise.ts'

/** Beside the sentence: its standing and record in a line; opened, everything that is behind it. Works without script. */
export const PromiseNote = ({ promise, zone }: { promise: PromiseView; zone: string }) => promise.shown
  ? <ShownNote promise={promise} shown={promise.shown} zone={zone} />
  : <div class="note note-private" id={promiseId(promise.mark)}>A promise without a public standing.</div>

const ShownNote = ({ promise, shown, zone }: { promise: PromiseView; shown: ShownStanding; zone: string }) => (
  <details class={`note is-${shown.standing}`} id={promiseId(promise.mark)} name="promise">
    <summary>
      <Standing standing={shown.standing} due={shown.dueAt} zone={zone} />
      <span class="note-line">{recordLine(shown.record) || vouchLine(shown)}</span>
    </summary>
    <div class="note-body">
      <p class="note-rule">{promise.words}</p>
      {shown.record.total > 0 ? <Record {...shown.record} /> : null}
      {shown.months.some(m => m.met + m.missed > 0)
        ? <YearChart id={`${promiseId(promise.mark)}-year`} label="The last twelve months" months={shown.months} />
        : null}
      <DefinitionList of={[
        ['Who vouches', vouched(shown.standing) ? vouchLine(shown) : undefined],
        ['Why no standing', vouched(shown.standing) ? undefined : vouchLine(shown)],
        ['Last met', shown.lastAt === undefined ? undefined : <Time at={shown.lastAt} zone={zone} dateOnly />],
        ['Next date', shown.dueAt === undefined ? undefined : <Time at={shown.dueAt} zone={zone} dateOnly />],
        ['Provable from', shown.provableFromAt === undefined ? undefined : <><Time at={shown.provableFromAt} zone={zone} dateOnly />; until then attested</>],
        ['Rule', <code>{promise.rule}</code>],
      ]} />
      {shown.explanations.map(e => <p><strong>The company on <Time at={e.at} zone={zone} dateOnly />:</strong> {e.text}</p>)}
      <p><a href={at(`/verify?commitment=${encodeURIComponent(promise.mark)}`)}>Check this yourself</a></p>
    </div>
  </details>
)

const vouched = (standing: ShownStanding['standing']) => standing !== 'idle' && standing !== 'unproven'

/** “The company says”; “A machine that looked at avow, mail”. Where there is nothing to vouch for, why that is. */
function vouchLine({ standing, vouch, systems }: ShownStanding): string {
  if (standing === 'unproven') return 'Nothing shows it yet'
  if (standing === 'idle') return 'Nothing has called for it'
  const words = vouchWords[vouch]
  const line = vouch === 'machine' && systems?.length ? `${words} at ${systems.join(', ')}` : words
  return line[0]!.toUpperCase() + line.slice(1)
}
