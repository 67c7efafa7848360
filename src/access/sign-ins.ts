import type { Kysely } from 'kysely'
import { timestampOf } from '../db/timestamp.ts'
import type { Tables } from '../db/tables.ts'
import type { Tx } from '../db/tx.ts'
import type { Keyring } from '../seal/keyring.ts'
import { openPersonal, sealPersonal } from './personal-box.ts'
import type { AccountRow } from './tables.ts'
import type { SignInRow } from './watch-tables.ts'

/** How somebody entered: the country by ISO 3166-1 alpha-2, null where it is not known. */
export interface SignIn { readonly method: string; readonly device: string; readonly country: string | null }

/** Older ones are forgotten. */
const kept = 50

export async function recordSignIn(tx: Tx, account: AccountRow, signIn: SignIn): Promise<string> {
  const id = tx.newId()
  const box = await sealPersonal(tx.keyring, account, `sign-in/${id}`, signIn)
  await tx.db.insertInto('sign_ins').values({ id, account_id: account.id, at: timestampOf(tx.now), box }).execute()
  const newest = tx.db.selectFrom('sign_ins').select('id').where('account_id', '=', account.id).orderBy('at', 'desc').orderBy('id', 'desc').limit(kept)
  await tx.db.deleteFrom('sign_ins').where('account_id', '=', account.id).where('id', 'not in', newest).execute()
  return id
}

/** The newest first. */
export async function listSignIns(db: Kysely<Tables>, keyring: Keyring, account: AccountRow, limit = kept): Promise<(SignIn & { id: string; at: Date })[]> {
  const rows = await db.selectFrom('sign_ins').selectAll().where('account_id', '=', account.id)
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()
  return Promise.all(rows.map(async ({ id, at, box }: SignInRow) => ({ id, at, ...await openPersonal<SignIn>(keyring, account, `sign-in/${id}`, box) })))
}
