import { sql } from 'kysely'
import { z } from 'zod'
import { living } from '../../access/memberships.ts'
import { accountsOf } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { appendEach } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { endOfTime, promisedWithin } from '../policies/index.ts'
import { askedFor, type Asked } from './asked-for.ts'
import { settleHolds } from './before-access.ts'
import { isAsked } from '../people/index.ts'
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

/** A statement each for the rows, the entries and the letters, however many people there are. */
async function ask(tx: Tx, people: readonly Missing[]): Promise<void> {
  const due = await dueAt(tx)
  const pairs = people.flatMap(({ personId, asked }) => asked.map((one) => ({ personId, one })))
  const { rows: inserted } = await sql<{ person_id: string; version_id: string }>`
    insert into acceptances (organization_id, version_id, person_id, policy_id, asked_at, due_at)
    select ${tx.organizationId}, version_id, person_id, policy_id, ${timestampOf(tx.now)}, ${timestampOf(due)}
    from unnest(${pairs.map(({ one }) => one.versionId)}::uuid[], ${pairs.map(({ personId }) => personId)}::uuid[],
      ${pairs.map(({ one }) => one.policyId)}::uuid[]) as pair (version_id, person_id, policy_id)
    on conflict do nothing returning person_id, version_id`.execute(tx.db)
  const isNew = new Set(inserted.map(({ person_id, version_id }) => `${person_id} ${version_id}`))
  await appendEach(tx, acceptanceAsked, pairs.filter(({ personId, one }) => isNew.has(`${personId} ${one.versionId}`))
    .map(({ personId, one: { policyId, slug, version, text_sha256 } }) =>
      ({ subjects: { person: personId, policy: policyId }, marks: { policy: slug }, facts: { policy: slug, version, text_sha256 } })))
  await post(tx, { to: { accounts: await accountsOf(tx, people.map(({ personId }) => personId)) }, ...letter })
}

/** What the policies promise, or else two weeks. */
const dueAt = async (tx: Tx): Promise<Temporal.Instant> =>
  endOfTime(tx.now, await promisedWithin(tx, 'policy.accepted') ?? { count: 2, unit: 'weeks' }, await zoneOf(tx))

/** Everybody with something that they were not asked for. */
async function notAsked(tx: Tx, wanted: readonly Asked[]): Promise<Missing[]> {
  if (wanted.length === 0) return []
  const { rows } = await sql<{ id: string; roles: string[]; country: string | null; missing: string[] }>`
    select p.id, m.roles, p.country, array_agg(v.id) as missing
    from people p join memberships m on m.account_id = p.account_id and ${living(tx, 'm')}
      cross join unnest(${wanted.map(({ versionId }) => versionId)}::uuid[]) as v (id)
    where p.joined_at is not null and p.left_at is null and not exists (select from acceptances a where a.version_id = v.id and a.person_id = p.id)
    group by p.id, p.joined_at, m.roles, p.country order by p.joined_at, p.id`.execute(tx.db)
  return rows.map(({ id: personId, missing, ...person }) => ({
    personId, asked: wanted.filter((one) => missing.includes(one.versionId) && isAsked(one, person)),
  })).filter(({ asked }) => asked.length > 0)
}
