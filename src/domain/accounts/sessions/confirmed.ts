import { confirmSession, standardLimits, type Method } from '../../../access/sessions.ts'
import type { Actor } from '../../../access/actor.ts'
import { keepForms } from '../../../web/csrf.ts'
import type { Page } from '../../../web/page.ts'

/**
 * A second factor was shown in this session. It goes on under a new token, and the one before is worth nothing; the forms that are open in
 * other tabs stay good. The answer is the same person, confirmed.
 */
export async function confirmed(page: Page, sessionId: string, method: Method): Promise<Actor> {
  const { database, sessionLimits = standardLimits } = page.deps
  keepForms(page.cookies)
  page.cookies.set('session', await confirmSession(database.global, sessionId, method), sessionLimits.absoluteHours * 3600)
  const { actor } = page
  return actor.kind === 'member' || actor.kind === 'person' ? { ...actor, confirmed: true } : actor
}
