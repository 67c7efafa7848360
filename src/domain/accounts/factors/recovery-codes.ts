import { randomInt } from 'node:crypto'
import { tokenHash } from '../../../access/tokens.ts'
import type { Tx } from '../../../db/tx.ts'

const howMany = 10
/** Crockford's base 32: no letter is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const groups = 6

/** Ten new codes of 120 random bits each; the old ones are worth nothing from now on. Only their hashes are kept. */
export async function makeRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode)
  await tx.db.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
  await tx.db.insertInto('recovery_codes')
    .values(codes.map((code) => ({ account_id: accountId, code_hash: hashOf(code), created_at: new Date() }))).execute()
  return codes
}

/** Uses the code up. False where it is none of this person's, or was used before: of two at once, one finds its row. */
export async function takeRecoveryCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db.deleteFrom('recovery_codes')
    .where('account_id', '=', accountId).where('code_hash', '=', hashOf(code)).executeTakeFirst()
  return numDeletedRows === 1n
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
  const row = await tx.db.selectFrom('recovery_codes').select((is) => is.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId).executeTakeFirstOrThrow()
  return Number(row.n)
}

const newCode = (): string => Array.from({ length: groups }, () => Array.from({ length: 4 }, () => alphabet[randomInt(32)]).join('')).join('-')

/** However it was typed: capitals, spaces, and letters that look like digits. */
const hashOf = (code: string): Buffer => tokenHash(code.toLowerCase().replaceAll(/[^0-9a-z]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1'))
