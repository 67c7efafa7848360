import { z } from 'zod'
import { living } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { askedFor, isAsked, type Asked } from './asked-for.ts'
import { acceptanceAsked } from './kinds.ts'

/** So many are asked in one transaction, so that nothing else waits for long. */
const atOnce = 200

/**
 * Asks everybody who was not asked yet: after a version was published, and after somebody joined. Called until nobody is left; each
 * person gets one letter, however many policies there are.
 */
export const askPeople = verb({
  name: 'acceptance.ask', summary: 'Ask those who were not asked yet to accept the policies that they have to.', may: 'people.manage',
    entries: ['acceptance.asked'],
  input: z.object({}),
  output: z.object({ people: z.number(), more: z.boolean() }),
  async run({ tx }) {
    const missing = await notAsked(tx, await askedFor(tx))
    const now = missing.slice(0, atOnce)
    for (const { personId, asked } of now) await ask(tx, personId, asked)
    if (now.length > 0) await post(tx, { to: { accounts: [...new Set(now.map(({ personId }) => personId))] }, ...letter })
    return { people: now.length, more: missing.length > now.length }
  },
})

const letter = {
  subject: 'A policy to read and accept',
  text: `There is a policy for you to read and accept, or more than one:

{link:/me/policies}

It takes a few minutes. Where you accepted an earlier version you see what has changed since.`,
}

async function ask(tx: Tx, personId: string, asked: readonly Asked[]): Promise<void> {
  for (const { policyId, versionId, slug, version, text_sha256 } of asked) {
    const { numInsertedOrUpdatedRows: isNew } = await tx.db.insertInto('acceptances')
      .values({ organization_id: tx.organizationId, version_id: versionId, person_id: personId, policy_id: policyId, asked_at: timestampOf(tx.now) })
      .onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
    if (!isNew) continue
    await append(tx, acceptanceAsked,
      { subjects: { person: personId, policy: policyId }, marks: { policy: slug }, facts: { policy: slug, version, text_sha256 } })
  }
}

/** Everybody with something that they were not asked for. */
async function notAsked(tx: Tx, wanted: readonly Asked[]): Promise<{ personId: string; asked: readonly Asked[] }[]> {
  if (wanted.length === 0) return []
  const team = await tx.db.selectFrom('memberships').select(['account_id', 'roles']).where(living(tx)).orderBy('account_id').execute()
  const rows = await tx.db.selectFrom('acceptances').select(['person_id', 'version_id'])
    .where('version_id', 'in', wanted.map(({ versionId }) => versionId)).execute()
  const known = new Set(rows.map(({ person_id, version_id }) => `${person_id} ${version_id}`))
  return team.map(({ account_id: personId, roles }) => ({
    personId, asked: wanted.filter((one) => isAsked(one, roles) && !known.has(`${personId} ${one.versionId}`)),
  })).filter(({ asked }) => asked.length > 0)
}
