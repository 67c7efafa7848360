import { sql } from 'kysely'
import { z } from 'zod'
import { ownPerson } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { query } from '../../verbs/verb.ts'
import { versionsOf } from '../policies/index.ts'
import { askedFor, asking } from './asked-for.ts'

export const listMyAcceptances = query({
  name: 'acceptance.mine', summary: 'The policies that you have to accept, and which you have.', may: 'own.do', input: z.object({}),
  output: z.object({ policies: z.array(z.object({ policy: z.string(), title: z.string(), version: z.number(), accepted_at: z.iso.datetime().nullable() })) }),
  async run({ tx, actor }) {
    const asked = await askedFor(tx)
    const { rows } = await sql<{ version_id: string; accepted_at: Date | null }>`
      select version_id, accepted_at from ${asking(tx, asked)} where person_id = ${await ownPerson(tx, actor)}`.execute(tx.db)
    const given = new Map(rows.map((row) => [row.version_id, row.accepted_at?.toISOString() ?? null]))
    return { policies: asked.filter(({ versionId }) => given.has(versionId)).map(({ slug, title, version, versionId }) =>
      ({ policy: slug, title, version, accepted_at: given.get(versionId)! })) }
  },
})

/** What one person reads before accepting: the text, and the one that they accepted before, if any. */
export async function readingOf(tx: Tx, personId: string, slug: string) {
  const asked = (await askedFor(tx)).find((one) => one.slug === slug)
  if (!asked) throw new NotFound()
  const versions = await versionsOf(tx, asked.policyId)
  const given = await tx.db.selectFrom('acceptances').select(['version_id', 'accepted_at', 'entry_id']).where('policy_id', '=', asked.policyId)
    .where('person_id', '=', personId)
    .where('accepted_at', 'is not', null).orderBy('accepted_at', 'desc').execute()
  const now = given.find(({ version_id }) => version_id === asked.versionId)
  return {
    ...asked, text: versions.find(({ id }) => id === asked.versionId)!.body, accepted: now ?? null,
    before: now ? null : versions.find(({ id }) => id === given[0]?.version_id) ?? null,
  }
}
export type Reading = Awaited<ReturnType<typeof readingOf>>
