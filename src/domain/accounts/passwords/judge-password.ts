import { z } from 'zod'
import { identityOf, type Identity } from '../../../access/accounts.ts'
import { checkNewPassword, shortestPassword, tooShort } from '../../../access/password-rules.ts'
import type { AccountRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid } from '../../../lib/errors.ts'

/** Longer than any that was ever set: what is looked at is bounded. */
export const longestSecret = 1000
export const Secret = z.string().max(longestSecret, 'This is longer than a password can be.')

/** A password to be: whether it is good is judged where its owner is known. */
export const NewPassword = Secret.min(shortestPassword, tooShort)

/** Throws `Invalid` with the sentence at the field `password`. */
export async function demandGoodPassword(tx: Tx, password: string, owner: Identity): Promise<void> {
  const fault = await faultFor(tx, password, owner)
  if (fault) throw new Invalid({ password: fault })
}

/** What is wrong with this password of somebody, in a sentence; null where it is good. */
export const faultOfPassword = async (tx: Tx, account: AccountRow, password: string): Promise<string | null> =>
  faultFor(tx, password, await identityOf(tx.keyring, account))

async function faultFor(tx: Tx, password: string, owner: Identity): Promise<string | null> {
  const { name: organizationName } = await tx.db.selectFrom('organizations').select('name').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
  return checkNewPassword(password, { ...owner, organizationName })
}
