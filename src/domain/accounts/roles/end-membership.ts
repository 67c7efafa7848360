import { endKeysOf } from '../../../access/keys.ts'
import { noteLeft, personIdOf } from '../../../access/people.ts'
import { endSessionsOf } from '../../../access/sessions.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { append } from '../../../ledger/index.ts'
import { keyRevoked, personLeft } from '../kinds.ts'

/** What `endMembership` appends; a verb that calls it declares them. */
export const endingEntries = ['person.left', 'key.revoked'] as const

/** Whoever ends, ends at once: with the membership go their sessions, the keys that they made and the invitations that nobody has accepted yet. */
export async function endMembership(tx: Tx, accountId: string): Promise<void> {
  const now = timestampOf(tx.now)
  await tx.db.updateTable('memberships').set({ ended_at: now }).where('account_id', '=', accountId).execute()
  const person = await personIdOf(tx, accountId)
  if ((await noteLeft(tx, person)).isNews) await append(tx, personLeft, { subjects: { person }, marks: {}, facts: {} })
  await endSessionsOf(tx.db, accountId)
  for (const key of await endKeysOf(tx, accountId)) await append(tx, keyRevoked, { subjects: { key }, marks: {}, facts: {} })
  await tx.db.updateTable('invitations').set({ revoked_at: now }).where('invited_by', '=', accountId)
    .where('accepted_at', 'is', null).where('revoked_at', 'is', null).execute()
}
