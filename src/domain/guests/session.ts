import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../db/database.ts'
import type { Cookies } from '../../web/cookies.ts'
import { guestOf } from './guest.ts'

/* A guest has no account and no session of ours: the browser keeps the link's token in a cookie that no script can read. */
const cookie = 'guest'

/** The guest that this browser is, or null; asked anew with every request, so that whoever is removed is out at once. */
export async function guestActor(database: Database, organizationId: string, cookies: Cookies): Promise<Actor | null> {
  const token = cookies.get(cookie)
  return token ? database.read(organizationId, (tx) => guestOf(tx, token)) : null
}

export const enterAsGuest = (cookies: Cookies, token: string): void => cookies.set(cookie, token)
export const leaveAsGuest = (cookies: Cookies): void => cookies.set(cookie, '', 0)
