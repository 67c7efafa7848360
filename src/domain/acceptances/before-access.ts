import { sql } from 'kysely'
import { z } from 'zod'
import { holdBack } from '../../access/hold-back.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import { isAsked, listPeople } from '../people/index.ts'
import { askedFor } from './asked-for.ts'

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
  const owing = await isRequiredFirst(tx) ? await owe(tx, personIds) : []
  await sql`update people set held_since = case when id = any(${owing}) then ${tx.now}::timestamptz end
    where (${personIds === undefined} or id = any(${[...personIds ?? []]})) and (held_since is not null) <> (id = any(${owing}))`.execute(tx.db)
}

/** Of these people, or of everybody, those who have a version to accept and have not. */
async function owe(tx: Tx, ids: readonly string[] | undefined): Promise<string[]> {
  const asked = await askedFor(tx)
  if (asked.length === 0) return []
  const rows = await tx.db.selectFrom('acceptances').select(['person_id', 'version_id'])
    .where('version_id', 'in', asked.map(({ versionId }) => versionId)).where('accepted_at', 'is not', null).execute()
  const given = new Set(rows.map(({ person_id, version_id }) => `${person_id} ${version_id}`))
  const team = await listPeople(tx, { here: true, member: true, ...ids && { ids } })
  return team.filter((person) => asked.some((one) => isAsked(one, person) && !given.has(`${person.id} ${one.versionId}`))).map(({ id }) => id)
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
