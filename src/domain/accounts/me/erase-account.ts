import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { rolesOf } from '../../../access/memberships.ts'
import { personIdOf } from '../../../access/people.ts'
import { forgetDevices } from '../../../access/known-devices.ts'
import { removeFactorsOf } from '../../../access/factors.ts'
import type { Database } from '../../../db/database.ts'
import type { Tx } from '../../../db/tx.ts'
import { endSessionsOf } from '../../../access/sessions.ts'
import { eraseFacts } from '../../../ledger/index.ts'
import { findKey } from '../../../seal/envelope.ts'
import { isAccountHeld, OnHold, suspendErasure } from '../../../seal/holds.ts'
import { endMembership } from '../roles/end-membership.ts'
import { demandAnotherAdmin } from '../roles/last-administrator.ts'
import { organizationsOf } from '../watch/organizations-of.ts'

/**
 * Erases one person: they leave every organisation, then their own key is destroyed, and with it their name, address and all that it sealed.
 * What they did stays in the ledger under an id that means nothing any more, so every proof stays valid. Throws `Refused` before anything is
 * done where they are somewhere the last administrator, or on legal hold. What broke off half-way is finished by asking again.
 */
export async function eraseAccount(database: Database, accountId: string): Promise<void> {
  const organizations = await organizationsOf(database, accountId)
  for (const id of organizations) await database.write(id, (tx) => demandReplaceable(tx, accountId))
  await demandFree(database, organizations, accountId)
  for (const id of organizations) await database.write(id, (tx) => leave(tx, accountId))
  await destroyIdentity(database, accountId)
}

/** Every organisation that holds them notes that they asked, and tells them when its hold is lifted. */
async function demandFree(database: Database, organizations: readonly string[], accountId: string): Promise<void> {
  for (const id of organizations) await database.write(id, (tx) => suspendErasure(tx, 'person', accountId, accountId))
  if (await isAccountHeld(database.global, accountId)) throw new OnHold()
}

async function demandReplaceable(tx: Tx, accountId: string): Promise<void> {
  if ((await rolesOf(tx, accountId))?.includes('admin')) await demandAnotherAdmin(tx, accountId)
}

async function leave(tx: Tx, accountId: string): Promise<void> {
  await demandReplaceable(tx, accountId)
  await endMembership(tx, accountId)
  // Whoever was listed before they had an account has a key of that time too.
  for (const subject of new Set([accountId, await personIdOf(tx, accountId)])) {
    const key = await findKey(tx, 'person', subject)
    if (key) await eraseFacts(tx, key, 'request')
  }
}

/** The row stays, because what others did with this person names its id. */
async function destroyIdentity({ global }: Database, accountId: string): Promise<void> {
  await global.transaction().execute(async (db) => {
    await db.updateTable('accounts').where('id', '=', accountId).set({
      wrapped_key: null, identity_box: randomBytes(1), address_hash: null, password_hash: null, password_set_at: null, password_rules: null,
      disabled_at: new Date(),
    }).execute()
    await endSessionsOf(db, accountId)
    await removeFactorsOf(db, accountId)
    await forgetDevices(db, accountId)
    await sql`select avow.forget_kept(${accountId}), avow.forget_provided(${accountId}), avow.forget_listed(${accountId})`.execute(db)
    await db.deleteFrom('sign_ins').where('account_id', '=', accountId).execute()
    await db.deleteFrom('alerts').where('account_id', '=', accountId).execute()
  })
}
