import { findSession, type Session } from '../../../access/sessions.ts'
import { Refused, Unauthenticated } from '../../../lib/errors.ts'
import { demandConfirmed } from '../../../access/may.ts'
import type { Page } from '../../../web/page.ts'

/** The session of whoever acts here on their own account. */
export async function ownSession(page: Page): Promise<Session> {
  const session = await sessionAt(page)
  const here = page.actor.kind === 'member' || page.actor.kind === 'person' ? page.actor.sessionId : undefined
  if (!session || session.id !== here) throw new Unauthenticated()
  return session
}

/** The session whose first factor was right, and whose second is still to be shown. */
export async function waitingSession(page: Page): Promise<Session | null> {
  const session = await sessionAt(page)
  return session?.stage === 'second-factor' ? session : null
}

/**
 * Before the ways in are changed, or sessions elsewhere ended: a second factor shown minutes ago. Whoever has none yet has to have signed
 * in minutes ago, so that a browser that was left open does not let somebody else add theirs.
 */
export async function freshSession(page: Page): Promise<Session> {
  const session = await ownSession(page)
  if (session.hasSecondFactor) demandConfirmed(page.actor, 'changing your ways in')
  else if (!session.justBegan) throw new Refused('sign_in_again', 'You signed in a while ago. Sign out, sign in again, and do it then.')
  return session
}

const sessionAt = ({ deps, cookies }: Page): Promise<Session | null> => findSession(deps.database.global, cookies.get('session') ?? '', deps.sessionLimits)
