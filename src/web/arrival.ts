import { identityOf } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { rolesOf } from '../access/memberships.ts'
import { sessionAccount } from '../access/sessions.ts'
import { trackedReport } from '../access/tracking.ts'
import type { Database } from '../db/database.ts'
import type { Cookies } from './cookies.ts'

const nobody: Actor = { kind: 'nobody' }

/** Who has come with this browser to this organisation. Somebody of another organisation is a visitor here. */
export async function visitor(database: Database, organizationId: string, cookies: Cookies): Promise<Actor> {
  return await member(database, organizationId, cookies.get('session')) ?? await reporter(database, organizationId, cookies.get('tracking')) ?? nobody
}

async function member(database: Database, organizationId: string, token: string | undefined): Promise<Actor | null> {
  const account = token ? await sessionAccount(database.global, token) : null
  const roles = account && await database.read(organizationId, (tx) => rolesOf(tx, account.id))
  return account && roles && { kind: 'member', accountId: account.id, personName: (await identityOf(database.keyring, account)).name, roles }
}

async function reporter(database: Database, organizationId: string, token: string | undefined): Promise<Actor | null> {
  const reportId = token ? await database.read(organizationId, (tx) => trackedReport(tx, token)) : null
  return reportId === null ? null : { kind: 'reporter', reportId }
}
