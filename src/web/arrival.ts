import { identityOf } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { secondFactorBy } from '../access/factors.ts'
import { holdOn } from '../access/hold-back.ts'
import { may } from '../access/may.ts'
import { standingOf } from '../access/memberships.ts'
import type { Permission } from '../access/roles.ts'
import { passwordOpens } from '../access/sign-in-domains.ts'
import { findSession, type Session } from '../access/sessions.ts'
import type { Tx } from '../db/tx.ts'
import type { Deps } from '../verbs/run.ts'
import type { Cookies } from './cookies.ts'
import type { Module } from './module.ts'

const nobody: Actor = { kind: 'nobody' }

/**
 * Who has come with this browser to this organisation. It may be several (a member who follows a report as its reporter):
 * the first that carries the permission of the page is taken. Somebody of another organisation is of no team here.
 */
export async function visitor(deps: Deps, modules: readonly Module[], organizationId: string, cookies: Cookies, wanted: Permission): Promise<Actor> {
  const signedIn = await signedInAs(deps, organizationId, cookies.get('session'))
  if (signedIn && may(signedIn, wanted)) return signedIn
  for (const module of modules) {
    const known = await module.recognise?.(deps.database, organizationId, cookies)
    if (known && may(known, wanted)) return known
  }
  return signedIn ?? nobody
}

/**
 * A session that waits for its second factor opens nothing: it is nobody's. One that began with the provider of an organisation opens that
 * organisation alone; where single sign-on is required, no other opens the desk.
 */
async function signedInAs({ database, sessionLimits }: Deps, organizationId: string, token: string | undefined): Promise<Actor | null> {
  const session = token ? await findSession(database.global, token, sessionLimits) : null
  if (session?.stage !== 'entered' || (session.onlyFor ?? organizationId) !== organizationId) return null
  const { name: personName, address } = await identityOf(database.keyring, session.account)
  const person = { accountId: session.account.id, personName, sessionId: session.id, confirmed: session.confirmed }
  return database.read(organizationId, async (tx): Promise<Actor> => {
    const [standing, opens, hold, due] = await Promise.all([
      standingOf(tx, person.accountId), session.onlyFor !== null || passwordOpens(tx, { id: person.accountId, address }),
      holdOn(tx, person.accountId), secondFactorDue(tx, session),
    ])
    if (!standing || !opens) return { kind: 'person', ...person }
    const { until, ...held } = standing
    return { kind: 'member', ...person, ...held, ...until && { until }, ...hold && { heldBack: hold.why, heldHow: hold.how }, ...due }
  })
}

/** Whoever has a second factor, or showed one to the provider of single sign-on in this session, is asked for nothing. */
async function secondFactorDue(tx: Tx, { account, hasSecondFactor, secondFactorShown }: Session) {
  const by = hasSecondFactor || secondFactorShown ? null : await secondFactorBy(tx, account.id)
  return by && { secondFactorBy: by, withheld: Temporal.Instant.compare(by, Temporal.Now.instant()) <= 0 }
}
