import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { post } from '../../mail/index.ts'
import type { Holdable } from '../../seal/holds.ts'

/** Tells everybody whose erasure nothing stands against any more, once, and answers how many there were. */
export async function offerErasures(tx: Tx): Promise<number> {
  const free = await tx.db.deleteFrom('suspended_erasures')
    .where(sql<boolean>`not held(subject_id)`).returning(['subject_kind', 'subject_id', 'asked_by']).execute()
  for (const { subject_kind: kind, subject_id: id, asked_by: account } of free) await post(tx, { to: { accounts: [account] }, ...letter(kind, id) })
  return free.length
}

const letter = (kind: Holdable, id: string) => ({
  subject: 'An erasure that you asked for can be done now',
  text: `What stood against it has ended. Nothing was erased meanwhile, and nothing is erased by itself: ask for it again here, if you still want it.

${kind === 'report' ? `{link:/desk/reports/${id}}` : '{link:/me/data}'}`,
})
