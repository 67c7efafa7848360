import { domainToASCII } from 'node:url'
import type { Tx } from '../db/tx.ts'
import './sign-in-tables.ts'
import './tables.ts'

/** The mail domain of an address as it is stored: in ASCII and lower case. '' where there is none. */
export const domainOf = (address: string): string => domainToASCII(address.slice(address.lastIndexOf('@') + 1).trim().normalize('NFKC').toLowerCase())

/** Whether the DNS has shown that addresses of this domain are the organisation's to speak for. */
export async function isProved(tx: Tx, domain: string): Promise<boolean> {
  const row = await tx.db.selectFrom('sign_in_domains').select('domain').where('domain', '=', domain).where('proved_at', 'is not', null).executeTakeFirst()
  return row !== undefined
}

/** Whether people with an address of this domain enter by the provider alone. */
export async function isRequired(tx: Tx, domain: string): Promise<boolean> {
  const row = await tx.db.selectFrom('sign_in_domains').innerJoin('sign_in_providers', 'sign_in_providers.organization_id', 'sign_in_domains.organization_id')
    .select('domain').where('domain', '=', domain).where('required_at', 'is not', null).executeTakeFirst()
  return row !== undefined
}

/** Whether what somebody shows to us, and not to the provider, opens this organisation. */
export const passwordOpens = async (tx: Tx, { id, address }: { id: string; address: string }): Promise<boolean> =>
  !await isRequired(tx, domainOf(address)) || isExcepted(tx, id)

/** An administrator who was named to enter with a password all the same. */
async function isExcepted(tx: Tx, accountId: string): Promise<boolean> {
  const row = await tx.db.selectFrom('sign_in_exceptions').innerJoin('memberships', 'memberships.account_id', 'sign_in_exceptions.account_id')
    .select('roles').where('sign_in_exceptions.account_id', '=', accountId).where('ended_at', 'is', null).executeTakeFirst()
  return row?.roles.includes('admin') ?? false
}
