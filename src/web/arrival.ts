import { identityOf } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { may } from '../access/may.ts'
import { rolesOf } from '../access/memberships.ts'
import type { Permission } from '../access/roles.ts'
import { sessionAccount } from '../access/sessions.ts'
import type { Database } from '../db/database.ts'
import type { Cookies } from './cookies.ts'
import type { Module } from './module.ts'

const nobody: Actor = { kind: 'nobody' }

/**
 * Who has come with this browser to this organisation. It may be several (a member who follows a report as its reporter):
 * the first that carries the permission of the page is taken. Somebody of another organisation is a visitor here.
 */
export async function visitor(database: Database, modules: readonly Module[], organizationId: string, cookies: Cookies, wanted: Permission): Promise<Actor> {
  const signedIn = await member(database, organizationId, cookies.get('session'))
  if (signedIn && may(signedIn, wanted)) return signedIn
  for (const module of modules) {
    const known = await module.recognise?.(database, organizationId, cookies)
    if (known && may(known, wanted)) return known
  }
  return signedIn ?? nobody
}

async function member(database: Database, organizationId: string, token: string | undefined): Promise<Actor | null> {
  const account = token ? await sessionAccount(database.global, token) : null
  const roles = account && await database.read(organizationId, (tx) => rolesOf(tx, account.id))
  return account && roles && { kind: 'member', accountId: account.id, personName: (await identityOf(database.keyring, account)).name, roles }
}
