import type { Actor } from '../../../access/actor.ts'
import { findSession } from '../../../access/sessions.ts'
import type { Database } from '../../../db/database.ts'
import type { Cookies } from '../../../web/cookies.ts'
import { findByPhraseHash } from '../find.ts'
import { keptBy } from '../kept.ts'
import { phraseHash } from '../phrase.ts'

/*
 * Following a report needs no account and no session of ours: the browser keeps the tracking phrase in a cookie that no script
 * can read and that ends with the browser. What we keep is the phrase's hash, as for every way in. Whoever keeps a report in an account
 * follows it without its phrase: the cookie then names the report, and the session has to be of that account.
 */
const phraseCookie = 'report'
/** No phrase holds a colon. */
const kept = 'kept:'
const freshCookie = 'report-new'
const freshSeconds = 600

/** The reporter that this browser is, or null. Only pages below `/track` ask. */
export async function reporterActor(database: Database, organizationId: string, cookies: Cookies): Promise<Actor | null> {
  const phrase = cookies.get(phraseCookie)
  if (!phrase) return null
  return phrase.startsWith(kept) ? keeper(database, organizationId, cookies, phrase.slice(kept.length)) : phraseHolder(database, organizationId, phrase)
}

async function keeper(database: Database, organizationId: string, cookies: Cookies, reportId: string): Promise<Actor | null> {
  const session = await findSession(database.global, cookies.get('session') ?? '')
  if (session?.stage !== 'entered' || (session.onlyFor && session.onlyFor !== organizationId)) return null
  const reports = await database.read(organizationId, (tx) => keptBy(tx, session.account.id))
  return reports.some(({ id }) => id === reportId) ? { kind: 'reporter', reportId } : null
}

/** The reporter who knows this phrase, or null. */
export async function phraseHolder(database: Database, organizationId: string, phrase: string): Promise<Actor | null> {
  const report = await database.read(organizationId, (tx) => findByPhraseHash(tx, phraseHash(phrase)))
  return report ? { kind: 'reporter', reportId: report.id } : null
}

export const follow = (cookies: Cookies, phrase: string): void => cookies.set(phraseCookie, phrase)
export const followKept = (cookies: Cookies, reportId: string): void => cookies.set(phraseCookie, kept + reportId)

/** Right after a report was sent, the next page shows its phrase; ten minutes later nothing does. */
export function followNew(cookies: Cookies, phrase: string): void {
  follow(cookies, phrase)
  cookies.set(freshCookie, 'yes', freshSeconds)
}

export const freshPhrase = (cookies: Cookies): string | null => (cookies.get(freshCookie) ? cookies.get(phraseCookie) || null : null)

export function leave(cookies: Cookies): void {
  cookies.set(phraseCookie, '', 0)
  cookies.set(freshCookie, '', 0)
}
