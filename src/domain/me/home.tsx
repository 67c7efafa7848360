import { ButtonLink, Empty, Notice } from '../../ui/index.ts'
import type { Page } from '../../web/page.ts'
import { AlertFacts, AnswerButtons, MePage, type OpenAlert } from '../accounts/index.ts'
import { drawnSections, Duties, type OwnDuties } from '../duties/index.ts'

/** Something that is mine to do without a promise that calls for it. */
export interface Waiting { readonly what: string; readonly about: string; readonly deed: string; readonly place: string; readonly late: boolean }

interface Home {
  page: Page
  alerts: readonly OpenAlert[]
  toSign: readonly { readonly agreement: string; readonly title: string }[]
  owed: OwnDuties | null
  waiting: readonly Waiting[]
  hasSecondFactor: boolean
}

/** Alerts first: whoever has to say that it was not them is in a hurry. */
export const HomePage = ({ page, alerts, toSign, owed, waiting, hasSecondFactor }: Home) => (
  <MePage page={page} title={page.actor.kind === 'member' || page.actor.kind === 'person' ? page.actor.personName : 'You'}>
    {alerts.map((alert) => <Alert page={page} alert={alert} />)}
    {hasSecondFactor || page.actor.kind === 'member' ? null : <NoSecondFactor page={page} />}
    {page.actor.kind === 'member' && page.actor.heldBack ? <Notice title="Before your first day">{page.actor.heldBack}</Notice> : null}
    {toSign.map(({ agreement, title }) => (
      <Notice tone="warning" title={`“${title}” waits for your signature`}><p><a href={page.at(`/me/agreements/${agreement}`)}>Read and sign it</a></p></Notice>
    ))}
    {owed === null ? <OwnReports page={page} /> : <OwnWork page={page} owed={owed} waiting={waiting} signing={toSign.length > 0} />}
  </MePage>
)

const Alert = ({ page, alert: { id, at, words, noticed } }: { page: Page; alert: OpenAlert }) => (
  <div class="sheet stack">
    <h2>Was this you?</h2>
    <p>{words}</p>
    <AlertFacts page={page} at={at} noticed={noticed} />
    <AnswerButtons to={`/me/alerts/${id}`} />
  </div>
)

/** The team's frame says it itself, with the day until which it can wait. */
const NoSecondFactor = ({ page }: { page: Page }) => (
  <Notice tone="warning" title="A password alone can be stolen">
    <p>Add a second factor: a passkey, or an app on your phone. <a href={page.at('/me/factors')}>Add one now</a></p>
  </Notice>
)

interface Work { page: Page; owed: OwnDuties; waiting: readonly Waiting[]; signing: boolean }

const OwnWork = ({ page, owed: { duties, team, nowMs }, waiting, signing }: Work) => (
  <section class="stack" aria-labelledby="duties">
    <h2 id="duties">What you owe</h2>
    {duties.length > 0 ? <Duties sections={drawnSections(duties, nowMs)} zone={page.zone} /> : null}
    {waiting.length > 0 ? <ul class="duties">{waiting.map((one) => <WaitingLine page={page} of={one} />)}</ul> : null}
    {duties.length + waiting.length > 0 ? <p><TeamDuties page={page} team={team} /></p>
      : signing ? <p>Nothing else. <TeamDuties page={page} team={team} /></p>
      : <Empty title="Nothing is yours to do" text="A policy to accept or a course to pass would stand here."><TeamDuties page={page} team={team} /></Empty>}
  </section>
)

const WaitingLine = ({ page, of: { what, about, deed, place, late } }: { page: Page; of: Waiting }) => (
  <li class={late ? 'duty duty-late' : 'duty'}>
    <div><span class="duty-what">{what}</span> · {about}</div>
    <span class="duty-when">{late ? 'late' : ''}</span>
    <a class="button button-second" href={page.at(place)}>{deed}<span class="unseen">: {what} {about}</span></a>
  </li>
)

const TeamDuties = ({ page, team }: { page: Page; team: number }) => !page.may('duties.read') ? null :
  <a href={page.at('/desk')}>{team === 0 ? 'The team owes nothing right now' : `What the team owes: ${team}`}</a>

const OwnReports = ({ page }: { page: Page }) => <p><ButtonLink href={page.at('/me/reports')}>Your reports</ButtonLink></p>
