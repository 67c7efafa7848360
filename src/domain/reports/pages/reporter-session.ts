import type { Actor } from '../../../access/actor.ts'
import { findSession } from '../../../access/sessions.ts'
import type { Database } from '../../../db/database.ts'
import type { Cookies } from '../../../web/cookies.ts'
import { findByPhraseHash } from '../find.ts'
import { keptBy } from '../kept.ts'
import { phraseHash } from '../phrase.ts'
import { splitFamily } from '../split-report.ts'

/*
 * Following a report needs no account and no session of ours: the browser keeps the tracking phrase in a cookie that no script
 * can read and that ends with the browser. What we keep is the phrase's hash, as for every way in. Whoever keeps a report in an account
 * follows it without its phrase: the cookie then names the report, and the session has to be of that account.
 */
const phraseCookie = 'report'
/** No phrase holds a colon or one of these. */
const kept = 'kept:'
const apart = '>'
const freshCookie = 'report-new'
const freshSeconds = 600

/** The reporter that this browser is, or null. Only pages below `/track` ask. */
export async function reporterActor(database: Database, organizationId: string, cookies: Cookies): Promise<Actor | null> {
  const phrase = cookies.get(phraseCookie)
  if (!phrase) return null
  if (phrase.startsWith(kept)) return keeper(database, organizationId, cookies, phrase.slice(kept.length))
  const [words = '', part] = phrase.split(apart)
  const holder = await phraseHolder(database, organizationId, words)
  return part && holder?.kind === 'reporter' ? partOf(database, organizationId, holder.reportId, part) : holder
}

/** What was split off from a report is its reporter's too. */
async function partOf(database: Database, organizationId: string, reportId: string, part: string): Promise<Actor> {
  const family = await database.read(organizationId, (tx) => splitFamily(tx, reportId))
  return { kind: 'reporter', reportId: family.some(({ id }) => id === part) ? part : reportId }
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

/** Goes on to a report that was split off from the one that is followed, or back. Whether it was is asked at every request. */
export function followPart(cookies: Cookies, reportId: string): void {
  const now = cookies.get(phraseCookie) ?? ''
  cookies.set(phraseCookie, now.startsWith(kept) ? kept + reportId : `${now.split(apart)[0]}${apart}${reportId}`)
}

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
