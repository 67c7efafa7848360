import { domainOf, isRequired, passwordOpens } from '../../../access/sign-in-domains.ts'
import type { Database } from '../../../db/database.ts'

/** How somebody enters here by the organisation's own provider. */
export interface SingleSignOn {
  /** What the organisation calls its provider. */
  readonly name: string
  /** The page that leads there, a path inside the organisation. It says the same to everybody. */
  readonly path: string
  /** A password is of no use for this address: it is not even looked at. */
  readonly required: boolean
}

/**
 * The organisation's provider, and whether this address has to enter by it; null where there is none. It depends on the address's domain
 * alone, never on whether there is an account, so the answer and its time tell nothing.
 */
export function ssoFor(database: Database, organizationId: string, address: string): Promise<SingleSignOn | null> {
  return database.read(organizationId, async (tx) => {
    const provider = await tx.db.selectFrom('sign_in_providers').select('name').executeTakeFirst()
    return provider ? { name: provider.name, path: '/sign-in/provider', required: await isRequired(tx, domainOf(address)) } : null
  })
}

/**
 * Whether the password of this account opens this organisation. To be asked after the password was looked at, and a no is to be said
 * in the words of a wrong password: who the exceptions are is nobody's business.
 */
export function mayUsePassword(database: Database, organizationId: string, account: { id: string; address: string }): Promise<boolean> {
  return database.read(organizationId, (tx) => passwordOpens(tx, account))
}
