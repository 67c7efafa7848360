import { sql } from 'kysely'
import { z } from 'zod'
import { holdBack } from '../../access/hold-back.ts'
import { memberRoles } from '../../access/roles.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { Country } from '../people/index.ts'
import { askedFor, asking } from './asked-for.ts'

/** Who accepts a policy. Those who were asked before and no longer have to are simply not reminded. */
export const requireAcceptance = verb({
  name: 'acceptance.require', summary: 'Say who has to accept a policy, and whether every new version anew.', may: 'people.manage', entries: [],
  input: z.object({
    policy: z.string().max(100),
    roles: z.array(z.enum(memberRoles)).default([]).describe('Who has to; everyone, unless said'),
    countries: z.array(Country).max(250).default([]).describe('Only where they work in one of these countries (ISO 3166-1 alpha-2)'),
    every_version: z.boolean().default(false).describe('Whether a version without a significant change is accepted anew too'),
  }),
  async run({ tx }, { policy: slug, roles, countries, every_version }) {
    const policy = await tx.db.selectFrom('policies').select('id').where('slug', '=', slug).where('withdrawn_at', 'is', null).executeTakeFirst()
    if (!policy) throw new NotFound()
    await tx.db.insertInto('policy_audiences').values({ organization_id: tx.organizationId, policy_id: policy.id, roles, countries, every_version })
      .onConflict((conflict) => conflict.columns(['organization_id', 'policy_id']).doUpdateSet({ roles, countries, every_version })).execute()
    return { policy: slug }
  },
})

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
