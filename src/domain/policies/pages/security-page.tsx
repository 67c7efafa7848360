import type { StandingName } from 'avow-verify'
import { capital } from '../../../lib/words.ts'
import { Actions, ButtonLink, DefinitionList, Empty, Notice, PublicLayout, StandingSummary, Time, type Surroundings } from '../../../ui/index.ts'
import { PauseNotice, type GateSettings } from '../../gates/index.ts'
import { PolicyText } from './policy-text.tsx'
import type { PolicyView } from './policy-view.ts'
import { tally } from './promise.ts'

interface Props {
  page: Surroundings
  policies: readonly PolicyView[]
  /** The moment for which the standings hold. */
  asOf: number
  /** When the log was opened anew after its end was lost. */
  reopened: Temporal.Instant | null
  /** While nobody reads reports. */
  pause: GateSettings['pause']
}

/** `/`: what a company puts before its customers. The policies in full, each promised sentence with what has come of it. */
export const SecurityPage = ({ page, policies, asOf, reopened, pause }: Props) => policies.length === 0
  ? <NothingPublished page={page} pause={pause} />
  : (
    <PublicLayout page={page} title={titleOf(page, policies)} hero={<Hero page={page} policies={policies} title={titleOf(page, policies)} />}>
      <PauseNotice pause={pause} zone={page.organization.zone} />
      {reopened ? <Reopened at={reopened} zone={page.organization.zone} /> : null}
      {policies.map(policy => (
        <article aria-labelledby={policies.length > 1 ? `policy-${policy.slug}` : undefined}>
          {policies.length > 1
            ? <h2 class="policy-title" id={`policy-${policy.slug}`}><a href={page.at(`/policies/${policy.slug}`)}>{policy.title}</a></h2>
            : null}
          <PolicyText markdown={withoutTitle(policy)} promises={policy.promises} zone={page.organization.zone} level={policies.length > 1 ? 1 : 0} />
          <PolicyFoot page={page} policy={policy} asOf={asOf} />
        </article>
      ))}
    </PublicLayout>
  )

/** A record with a gap is said to have one, in front of everything that rests on it. */
const Reopened = ({ at, zone }: { at: Temporal.Instant; zone: string }) => (
  <Notice tone="warning" title="The record was opened anew">
    <p>
      On <Time at={at} zone={zone} dateOnly /> the end of the record was lost, and it goes on under a new name. What stood in the lost part can
      be shown by those who kept receipts or copies of it.
    </p>
  </Notice>
)

const titleOf = (page: Surroundings, policies: readonly PolicyView[]) =>
  policies.length === 1 ? policies[0]!.title : `Security at ${page.organization.name}`

/** The text without a first heading that only repeats the title. */
export const withoutTitle = ({ markdown, title }: Pick<PolicyView, 'markdown' | 'title'>): string => {
  const heading = /^\s*#\s+(.+?)\s*#*\s*\n/.exec(markdown)
  return heading?.[1] === title ? markdown.slice(heading[0].length) : markdown
}

export const Hero = ({ page, policies, title }: { page: Surroundings; policies: readonly PolicyView[]; title: string }) => {
  const { counts, unshown } = tally(policies.flatMap(p => p.promises))
  return (
    <div class="hero">
      <div class="frame">
        <h1>{title}</h1>
        <p class="hero-lead">{headline(counts)}</p>
        <Actions>
          <ButtonLink href={page.at('/report')} large>Report a vulnerability</ButtonLink>
          <ButtonLink href={page.at('/verify')} look="second" large>Check this page yourself</ButtonLink>
        </Actions>
        <StandingSummary counts={counts} />
        {unshown ? <p class="hero-note">{unshown === 1 ? 'One promised sentence has' : `${unshown} promised sentences have`} no public standing.</p> : null}
      </div>
    </div>
  )
}

function headline({ kept = 0, due = 0, broken = 0, idle = 0, unproven = 0 }: Partial<Record<StandingName, number>>): string {
  const shown = kept + due + broken + idle + unproven
  if (shown === 0) return 'What is promised below is written down here. No standing has been made public yet.'
  const all = shown === 1 ? 'One promise on this page is' : `${shown} promises on this page are`
  const today = [
    kept ? `${some(kept)} kept today` : '', due ? `${some(due)} due` : '',
    broken === 0 ? '' : broken === 1 ? 'one has missed its target' : `${broken} have missed their targets`,
  ].filter(Boolean)
  return `${all} held against a record that nobody can rewrite. ${today.length ? `${capital(inAList(today))}.` : 'Nothing has decided any of them yet.'}`
}

const some = (n: number) => n === 1 ? 'one is' : `${n} are`
const inAList = (parts: readonly string[]) => parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
export const PolicyFoot = ({ page, policy, asOf }: { page: Surroundings; policy: PolicyView; asOf: number }) => {
  const next = policy.promises.flatMap(p => p.shown?.due_at ?? []).filter(due => due >= asOf).toSorted((a, b) => a - b)[0]
  const zone = page.organization.zone
  return (
    <footer class="policy-foot">
      <section>
        <h2>This version</h2>
        <DefinitionList of={[
          ['Version', <a href={page.at(`/policies/${policy.slug}/history`)}>{policy.version}, and what changed before</a>],
          ['In force since', <Time at={policy.inForceAt} zone={zone} dateOnly />],
          ['Standings as of', <Time at={asOf} zone={zone} />],
          ['Next date', next === undefined ? undefined : <Time at={next} zone={zone} dateOnly />],
          ['Text’s SHA-256', <code>{policy.textSha256}</code>],
        ]} />
      </section>
      <section>
        <h2>How to read the marks</h2>
        <p>Each underlined sentence is a promise with a rule. The rule is computed from an append-only record whose entries cannot be changed
          afterwards, so a missed target stays in the record. <a href={page.at('/verify')}>Anyone can recompute it.</a></p>
      </section>
      <section>
        <h2>Found something?</h2>
        <p>You need no account and no name. You get a receipt that proves what you reported, and when.</p>
        <p><a href={page.at('/report')}>Report a vulnerability</a></p>
      </section>
    </footer>
  )
}

/** Before the first policy. Reports are welcome all the same. */
const NothingPublished = ({ page, pause }: Pick<Props, 'page' | 'pause'>) => (
  <PublicLayout page={page} title={`Security at ${page.organization.name}`}>
    <h1>Security at {page.organization.name}</h1>
    <PauseNotice pause={pause} zone={page.organization.zone} />
    <Empty title="No policy is published yet"
      text="When there is one, each of its promises will stand here with what has come of it. If you have found a weakness, you can report it today.">
      <ButtonLink href={page.at('/report')}>Report a vulnerability</ButtonLink>
    </Empty>
  </PublicLayout>
)
