import '../../../access/sign-in-tables.ts'
import type { SignInProviderRow } from '../../../access/sign-in-tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { openText } from '../../../seal/envelope.ts'

/** What the client secret is bound to: it opens nowhere else. */
export const secretPlace = 'sign-in-provider/secret'

/** Where the provider sends people back to. It has to stand in the provider's settings exactly so. */
export const callbackPath = '/sign-in/provider/callback'

/** The organisation's provider with what is needed to talk to it. The secret never leaves the process but to the provider. */
export interface Provider {
  readonly organizationId: string
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly groupsClaim: string
  readonly trustsSecondFactor: boolean
  readonly configuredAt: Date
}

export const providerRow = (tx: Tx): Promise<SignInProviderRow | undefined> => tx.db.selectFrom('sign_in_providers').selectAll().executeTakeFirst()

export async function findProvider(tx: Tx): Promise<Provider | null> {
  const row = await providerRow(tx)
  if (!row) return null
  return {
    organizationId: row.organization_id, name: row.name, issuer: row.issuer, clientId: row.client_id,
    clientSecret: await openText(tx, row.key_id, secretPlace, row.secret_box),
    groupsClaim: row.groups_claim, trustsSecondFactor: row.trusts_second_factor, configuredAt: row.configured_at,
  }
}
