import { sql } from 'kysely'
import { z } from 'zod'
import { holdBack } from '../../access/hold-back.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import { askedFor, asking } from './asked-for.ts'

/** Whoever may put a mended policy in force may switch this off: what the mend takes is open to them while they are held back. */
export const requireFirst = verb({
  name: 'acceptance.require-first', summary: 'Say whether everybody has to accept every policy that they have to before anything else is open to them.',
  may: 'policies.publish', stepUp: true, entries: [],
  input: z.object({ first: z.boolean() }),
  async run({ tx }, { first }) {
    if (first) await tx.db.insertInto('acceptance_first').values({ organization_id: tx.organizationId, since: timestampOf(tx.now) })
      .onConflict((conflict) => conflict.doNothing()).execute()
    else await tx.db.deleteFrom('acceptance_first').execute()
    await settleHolds(tx)
    return { first }
  },
})

export const isRequiredFirst = async (tx: Tx): Promise<boolean> =>
  await tx.db.selectFrom('acceptance_first').select('since').executeTakeFirst() !== undefined

/**
 * Marks who has something to accept first, and frees who has not. Written wherever that can change, so that a request looks at one row.
 * Who has not come yet is held back from the moment at which they get an account: see `enlist`.
 */
export async function settleHolds(tx: Tx, personIds?: readonly string[]): Promise<void> {
  const owes = sql`id in (select person_id from ${asking(tx, await isRequiredFirst(tx) ? await askedFor(tx) : [])} where accepted_at is null)`
  await sql`update people set held_since = case when ${owes} then ${tx.now}::timestamptz end
    where (${personIds === undefined} or id = any(${[...personIds ?? []]})) and (held_since is not null) <> (${owes})`.execute(tx.db)
}

/**
 * Open all the same is what mends a policy that nobody should accept, and the way out in an emergency: else a text with a fault would lock out
 * those who can mend it. docs/decisions/0010-accepted-first.md
 */
export const holdUntilAccepted = (): void => holdBack({
  why: 'Your organisation asks everybody to accept its policies first. Read and accept yours, and everything is open.', at: '/me/policies',
  but: ['policies.read', 'policies.write', 'policies.publish', 'approvals.give', 'access.break-glass'],
  async holds(tx, accountId) {
    const row = await tx.db.selectFrom('people').select('id').where('account_id', '=', accountId).where('held_since', 'is not', null)
      .where((is) => is.not(is.exists(is.selectFrom('glass_breaks').select('id').where('account_id', '=', accountId).where('ends_at', '>',
        timestampOf(tx.now)))))
      .executeTakeFirst()
    return row !== undefined
  },
})
