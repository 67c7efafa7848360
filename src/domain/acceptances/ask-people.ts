import { sql } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { appendEach, defineKind } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { readPromises } from '../policies/index.ts'
import { askedFor, asking } from './asked-for.ts'
import { settleHolds } from './require.ts'

const acceptanceAsked = defineKind({
  kind: 'acceptance.asked', about: 'A person was asked to accept a version of a policy.',
  stream: 'people', subjects: ['person', 'policy'], vouch: 'machine', marks: z.object({ policy: z.string() }),
  facts: z.object({ policy: z.string(), version: z.number(), text_sha256: z.string() }),
})

/** So many are asked in one transaction, so that nothing else waits for long. */
const atOnce = 200

/**
 * Asks everybody who was not asked yet: after a version was published, and after somebody joined. Called until nobody is left; each
 * person gets one letter, however many policies there are. They have the time that the policies promise, or else two weeks. A statement each
 * for the rows, the entries and the letters, however many people there are.
 */
export const askPeople = verb({
  name: 'acceptance.ask', summary: 'Ask those who were not asked yet to accept the policies that they have to.', may: 'people.manage',
  entries: ['acceptance.asked'],
  input: z.object({}),
  output: z.object({ people: z.number(), more: z.boolean() }),
  async run({ tx }) {
    const promises = await readPromises(tx)
    const [asked, due] = [await askedFor(tx, promises), promises.until('policy.accepted', { count: 2, unit: 'weeks' })]
    const { rows } = await sql<{ person: string; account: string; version_id: string; people: number }>`
      with missing as (select *, dense_rank() over (order by joined_at, person_id) as place from ${asking(tx, asked)} where asked_at is null),
        added as (insert into acceptances (organization_id, version_id, person_id, policy_id, asked_at, due_at)
          select ${tx.organizationId}::uuid, version_id, person_id, policy_id, ${timestampOf(tx.now)}::timestamptz, ${timestampOf(due)}::timestamptz
          from missing where place <= ${atOnce} on conflict do nothing returning person_id, version_id)
      select person_id as person, account_id as account, version_id, (select max(place)::int from missing) as people
      from added join missing using (person_id, version_id) order by place`.execute(tx.db)
    await appendEach(tx, acceptanceAsked, rows.map(({ person, version_id }) => {
      const { policyId, slug, version, text_sha256 } = asked.find(({ versionId }) => versionId === version_id)!
      return { subjects: { person, policy: policyId }, marks: { policy: slug }, facts: { policy: slug, version, text_sha256 } }
    }))
    const accounts = [...new Set(rows.map(({ account }) => account))]
    await post(tx, { to: { accounts }, ...letter })
    await settleHolds(tx)
    return { people: accounts.length, more: (rows[0]?.people ?? 0) > atOnce }
  },
})

const letter = {
  subject: 'A policy to read and accept',
  text: `There is a policy for you to read and accept, or more than one:

{link:/me/policies}

It takes a few minutes. Where you accepted an earlier version you see what has changed since.`,
}
