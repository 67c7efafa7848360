import { PostButton, Time } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import { addPart, type ReportLine } from '../../reports/index.ts'
import type { Check, Fact, Group, Mark } from '../fact.ts'
import { readFacts } from '../read-facts.ts'
import { listReplays, type ReplayView } from '../replay/request-replay.ts'
import { resultInWords } from './replays.tsx'

const titles: Record<Check, string> = {
  scope: 'Addresses', source: 'Source code', known: 'Known weaknesses', severity: 'Severity', evidence: 'What was sent',
}

addPart({
  name: 'facts', on: 'case', order: 20, may: 'reports.read',
  async draw(page, { id, reported }) {
    if (!reported) return null
    const [{ checked_at: checked, glance, groups, alike, same_place: samePlace }, { replays }] =
      await Promise.all([page.read(readFacts, { report: id }), page.read(listReplays, { report: id })])
    return (
      <section class="stack" aria-labelledby="facts-title">
        <h2 id="facts-title">Facts</h2>
        {checked === null ? <p class="soft">Nothing was looked at yet. It takes a moment after a report arrives, and half an hour if it is suspect.</p> : (
          <>
            <ul class="fact-glance">{glance.map((line) => <FactLine {...line} />)}</ul>
            <Others alike={alike} samePlace={samePlace} />
            <div>{groups.map((group) => <GroupOf {...group} />)}</div>
            <p class="soft">Looked at on <Time at={checked} zone={page.zone} />, by machine. It decides nothing about a report.</p>
          </>
        )}
        <Replays id={id} replays={replays} zone={page.zone} offered={page.deps.replays === true && page.may('reports.triage')} />
        {page.may('reports.triage') ? <PostButton to={`/desk/reports/${id}/facts`} look="quiet">{checked ? 'Look again' : 'Look now'}</PostButton> : null}
      </section>
    )
  },
})

interface ReplaysOf { id: string; replays: readonly ReplayView[]; zone: string; offered: boolean }

const Replays = ({ id, replays: [last], zone, offered }: ReplaysOf) => (last || offered) ? (
  <p>
    {last ? <>The reproducer was run: {resultInWords[last.result ?? 'waiting'].toLowerCase()} (<Time at={last.asked_at} zone={zone} />). </> : null}
    <a href={at(`/desk/reports/${id}/replays`)}>{offered ? 'Run the reproducer' : 'What came of it'}</a>
  </p>
) : null

const GroupOf = ({ check, against, facts }: Group) => (
  <details class="fact-group" open={facts.some(({ mark }) => mark === 'no')}>
    <summary>{titles[check]} <span class="soft">{summed(facts)}</span></summary>
    <p class="soft">Against {against}.</p>
    <ul class="fact-list">{facts.map((fact) => <FactLine {...fact} />)}</ul>
  </details>
)

const FactLine = ({ about, mark, says, to }: Partial<Fact> & Pick<Fact, 'mark' | 'says'>) => (
  <li class={`fact is-${mark}`}>
    <span class="fact-mark" aria-hidden="true">{shapes[mark]}</span>
    <span>
      <span class="unseen">{inWords[mark]}: </span>
      {about ? <>{to ? <a href={at(to)}><bdi>{about}</bdi></a> : <strong><bdi>{about}</bdi></strong>} </> : null}<span>{says}</span>
    </span>
  </li>
)

/** None of them is a judgement: a shape tells them apart without colour. */
const shapes: Record<Mark, string> = { yes: '✓', no: '✗', hint: '·', unchecked: '?' }
const inWords: Record<Mark, string> = { yes: 'Yes', no: 'No', hint: 'Hint', unchecked: 'Not checked' }

function summed(facts: readonly Fact[]): string {
  const counts = (['yes', 'no', 'hint', 'unchecked'] as const).map((mark) => [mark, facts.filter((fact) => fact.mark === mark).length] as const)
  const words: Record<Mark, string> = { yes: 'found', no: 'not found', hint: 'to glance at', unchecked: 'not checked' }
  return counts.filter(([, n]) => n > 0).map(([mark, n]) => `${n} ${words[mark]}`).join(', ')
}

interface OthersOf { alike: readonly (ReportLine & { share: number })[]; samePlace: readonly ReportLine[] }

/** Two different things: a text that was sent before, and another report of the same weakness. */
const Others = ({ alike, samePlace }: OthersOf) => alike.length + samePlace.length === 0
  ? <p class="soft">No other report has a similar text, or is about the same asset, weakness, endpoint and parameter.</p>
  : (
    <>
      {samePlace.length === 0 ? null : (
        <div>
          <h3>About the same asset, weakness, endpoint and parameter</h3>
          <ul>{samePlace.map((line) => <li><Other {...line} /></li>)}</ul>
        </div>
      )}
      {alike.length === 0 ? null : (
        <div>
          <h3>Similar text</h3>
          <ul>{alike.map((line) => <li><Other {...line} /> <span class="soft">about {Math.round(line.share * 100)} % of the wording</span></li>)}</ul>
        </div>
      )}
    </>
  )

const Other = ({ id, reference, title, state }: ReportLine) => (
  <><a href={at(`/desk/reports/${id}`)}>{reference}</a> {title ?? 'Erased report'} <span class="soft">{state}</span></>
)
