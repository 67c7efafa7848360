import { z } from 'zod'
import { accountsOf } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { organizationKey } from '../../seal/envelope.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { endOfTime, promisedWithin } from '../policies/index.ts'
import { askedFor, type Asked } from './asked-for.ts'
import { settleHolds } from './before-access.ts'
import { isAsked, listPeople } from '../people/index.ts'
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
    if (now.length > 0) await ask(tx, now)
    await settleHolds(tx)
    return { people: now.length, more: missing.length > now.length }
  },
})

const letter = {
  subject: 'A policy to read and accept',
  text: `There is a policy for you to read and accept, or more than one:

{link:/me/policies}

It takes a few minutes. Where you accepted an earlier version you see what has changed since.`,
}

interface Missing { readonly personId: string; readonly asked: readonly Asked[] }

/** Rows in one statement; entries and letters on their way without waiting for one another. */
async function ask(tx: Tx, people: readonly Missing[]): Promise<void> {
  const [asked_at, due_at, keyId] = [timestampOf(tx.now), timestampOf(await dueAt(tx)), await organizationKey(tx)]
  const pairs = people.flatMap(({ personId, asked }) => asked.map((one) => ({ personId, one })))
  const inserted = await tx.db.insertInto('acceptances').values(pairs.map(({ personId, one: { versionId, policyId } }) =>
    ({ organization_id: tx.organizationId, version_id: versionId, person_id: personId, policy_id: policyId, asked_at, due_at })))
    .onConflict((conflict) => conflict.doNothing()).returning(['person_id', 'version_id']).execute()
  const isNew = new Set(inserted.map(({ person_id, version_id }) => `${person_id} ${version_id}`))
  for (const { personId, one: { policyId, versionId, slug, version, text_sha256 } } of pairs) {
    if (!isNew.has(`${personId} ${versionId}`)) continue
    await append(tx, acceptanceAsked,
      { subjects: { person: personId, policy: policyId }, marks: { policy: slug }, facts: { policy: slug, version, text_sha256 }, keyId })
  }
  const ids = people.map(({ personId }) => personId)
  await post(tx, { to: { accounts: await accountsOf(tx, ids) }, ...letter })
}

/** What the policies promise, or else two weeks. */
const dueAt = async (tx: Tx): Promise<Temporal.Instant> =>
  endOfTime(tx.now, await promisedWithin(tx, 'policy.accepted') ?? { count: 2, unit: 'weeks' }, await zoneOf(tx))

/** Everybody with something that they were not asked for. */
async function notAsked(tx: Tx, wanted: readonly Asked[]): Promise<Missing[]> {
  if (wanted.length === 0) return []
  const team = await listPeople(tx, { here: true, member: true })
  const rows = await tx.db.selectFrom('acceptances').select(['person_id', 'version_id'])
    .where('version_id', 'in', wanted.map(({ versionId }) => versionId)).execute()
  const known = new Set(rows.map(({ person_id, version_id }) => `${person_id} ${version_id}`))
  return team.map(({ id: personId, ...person }) => ({
    personId, asked: wanted.filter((one) => isAsked(one, person) && !known.has(`${personId} ${one.versionId}`)),
  })).filter(({ asked }) => asked.length > 0)
}
