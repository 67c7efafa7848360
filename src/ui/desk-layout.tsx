import type { PropsWithChildren } from 'hono/jsx'
import type { Permission } from '../access/roles.ts'
import { at } from '../web/place.ts'
import { PostButton } from './button.tsx'
import { Document, Flash } from './layout.tsx'
import { Nav, type Place } from './nav.tsx'
import { Notice } from './notice.tsx'
import type { Surroundings } from './surroundings.ts'
import { inDays } from './time.tsx'
import { Wordmark } from './wordmark.tsx'

interface Desk { page: Surroundings; title: string; live?: boolean }

const importing = ['/desk/new-policy', '/desk/import-policy', '/desk/policy-proposals', '/desk/policy-import']

type DeskPlace = Place & { readonly may: Permission }
const grouped = (group: string, places: readonly DeskPlace[]): DeskPlace[] => places.map((place) => ({ ...place, group }))

/** Where the team can go; each sees the places that its roles open. */
const deskPlaces: readonly DeskPlace[] = [
  { to: '/desk', label: 'Duties', may: 'duties.read' },
  { to: '/desk/reports', label: 'Reports', may: 'reports.read', also: ['/desk/spam'] },
  ...grouped('Intake', [
    { to: '/desk/new-report', label: 'Enter a report', may: 'reports.triage' },
    { to: '/desk/scope', label: 'Scope', may: 'policies.write', also: ['/desk/expectations'] },
    { to: '/desk/repositories', label: 'Repositories', may: 'policies.write' },
    { to: '/desk/handling', label: 'Handling', may: 'policies.write' },
    { to: '/desk/case-settings', label: 'Case settings', may: 'reports.triage' },
    { to: '/desk/gates', label: 'Gates', may: 'reports.triage' },
    { to: '/desk/intake', label: 'Mail', may: 'reports.triage' },
  ]),
  ...grouped('Promises', [
    { to: '/desk/policies', label: 'Policies', may: 'policies.read', also: importing },
    { to: '/desk/evidence', label: 'Evidence', may: 'evidence.record', also: ['/desk/calendar'] },
    { to: '/desk/systems', label: 'Systems', may: 'duties.read', also: ['/desk/sources'] },
    { to: '/desk/record', label: 'Record', may: 'openings.read', also: ['/desk/openings'] },
    { to: '/desk/samples', label: 'Samples', may: 'samples.draw' },
    { to: '/desk/holds', label: 'Legal holds', may: 'holds.read' },
  ]),
  ...grouped('Team', [
    { to: '/desk/people', label: 'People', may: 'people.read', also: ['/desk/checklists'] },
    { to: '/desk/responsibilities', label: 'Responsibilities', may: 'duties.read' },
    { to: '/desk/first-days', label: 'First days', may: 'people.read', also: ['/desk/background-checks'] },
    { to: '/desk/agreements', label: 'Agreements', may: 'people.read' },
    { to: '/desk/people/duties', label: 'Duties of people', may: 'people.read' },
    { to: '/desk/acceptances', label: 'Acceptances', may: 'people.read' },
    { to: '/desk/training', label: 'Training', may: 'training.manage' },
    { to: '/desk/exercises', label: 'Exercises', may: 'training.manage' },
    { to: '/desk/absences', label: 'Absences', may: 'duties.read' },
    { to: '/desk/approvals', label: 'Approvals', may: 'approvals.give', also: ['/desk/emergencies', '/desk/emergency'] },
  ]),
  ...grouped('Access', [
    { to: '/desk/members', label: 'Members', may: 'access.manage', also: ['/desk/roles', '/desk/second-factors', '/desk/recoveries'] },
    { to: '/desk/sign-ins', label: 'Sign-ins', may: 'access.manage' },
    { to: '/desk/single-sign-on', label: 'Single sign-on', may: 'sign-in.manage', also: ['/desk/directory'] },
    { to: '/desk/keys', label: 'Keys', may: 'keys.manage' },
  ]),
  ...grouped('Set-up', [
    { to: '/desk/set-up', label: 'Still to do', may: 'access.manage' },
    { to: '/desk/organization', label: 'Organisation', may: 'organization.manage' },
    { to: '/desk/mail-key', label: 'Mail key', may: 'keys.manage' },
    { to: '/desk/escalation', label: 'Who is told next', may: 'organization.manage' },
    { to: '/desk/webhooks', label: 'Webhooks', may: 'webhooks.manage' },
    { to: '/desk/bridges', label: 'Bridges', may: 'bridges.manage' },
  ]),
  ...grouped('You', [
    { to: '/me/checklist', label: 'My checklist', may: 'own.do' },
    { to: '/me/policies', label: 'My policies', may: 'own.do' },
    { to: '/me/team', label: 'My people', may: 'own.do' },
    { to: '/me/agreements', label: 'My agreements', may: 'own.do' },
    { to: '/me/training', label: 'My training', may: 'own.do' },
    { to: '/me/reminders', label: 'My reminders', may: 'own.do' },
    { to: '/me/phishing', label: 'A suspicious mail', may: 'own.do' },
  ]),
]

/**
 * The team's frame. With `live`, whenever something has happened in the organisation the page fetches itself and morphs its main
 * part, keeping what is being typed. Without script the page is as good, only still.
 */
export const DeskLayout = ({ page, title, live, children }: PropsWithChildren<Desk>) => (
  <Document page={page} title={title} kind="desk" scripts={['avow.js', 'desk.js']}>
    <header class="desk-bar">
      <Wordmark href={at('/desk')} />
      <span class="desk-bar-org">{page.organization.name}</span>
      <a class="button button-quiet" href={at('/')}>Public page</a>
      {page.actor.kind === 'member' ? <Person name={page.actor.personName} /> : null}
    </header>
    <div class="desk-body">
      <div class="desk-rail"><Nav label="Desk" places={deskPlaces.filter(place => page.may(place.may))} here={page.path} /></div>
      <main id="main" tabindex={-1} class="desk-main" {...(live ? followed(page) : {})}>
        <Flash page={page} />
        <FactorNotice page={page} />
        {children}
      </main>
    </div>
    {live ? <div hidden hx-sse:connect={at('/live')}></div> : null}
  </Document>
)

/** Whoever has no second factor yet is told on every page, but the one where it is added. */
const FactorNotice = ({ page: { actor, organization, path } }: { page: Surroundings }) => {
  if (actor.kind !== 'member' || !actor.secondFactorBy || path.startsWith('/me/factors')) return null
  return (
    <Notice tone="warning" title="Add a second factor">
      <p>Your team asks for one. <a href={at('/me/factors')}>Add it now</a>, or by {inDays(actor.secondFactorBy, organization.zone)} at the latest.</p>
    </Notice>
  )
}

const Person = ({ name }: { name: string }) => (
  <>
    <a href={at('/me')}>{name}</a>
    <PostButton to="/sign-out" look="quiet">Sign out</PostButton>
  </>
)

/** A form that came back after a refusal is somebody's work: nothing is drawn over it. */
const followed = ({ path, request }: Surroundings) => request.method === 'GET'
  ? { 'hx-get': at(path) + new URL(request.url).search, 'hx-trigger': 'refresh from:body', 'hx-select': '#main', 'hx-swap': 'outerMorph', 'hx-target': 'this' }
  : {}
