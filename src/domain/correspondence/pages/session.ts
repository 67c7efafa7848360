import type { Actor } from '../../../access/actor.ts'
import type { Database } from '../../../db/database.ts'
import type { Cookies } from '../../../web/cookies.ts'
import { linkHolder } from '../report-links.ts'

/** The cookie of reporters: “Leave this report” ends this way in as it ends the others. No phrase holds a colon. */
const cookie = 'report'
const mailed = 'mailed:'

export const followBy = (cookies: Cookies, session: string): void => cookies.set(cookie, mailed + session)

export async function mailedReporter(database: Database, organizationId: string, cookies: Cookies): Promise<Actor | null> {
  const value = cookies.get(cookie) ?? ''
  return value.startsWith(mailed) ? linkHolder(database, organizationId, value.slice(mailed.length)) : null
}
