import { z } from 'zod'
import { ownPerson } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { Conflict, NotFound, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { policyAccepted } from '../systems/index.ts'
import { askedFor } from './asked-for.ts'
import { settleHolds } from './require.ts'

/** What was on the page is what is accepted: the text is named by its hash, and one that has changed since is refused. */
export const acceptPolicy = verb({
  name: 'acceptance.give', summary: 'Say that you have read a version of a policy and accept it.', may: 'own.do', entries: ['policy.accepted'],
  input: z.object({
    policy: z.string().max(100), text_sha256: z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the text that you read.'),
    read: z.literal(true, 'Tick that you have read it and accept it.'),
  }),
  async run({ tx, actor }, { policy: slug, text_sha256: read }) {
    const personId = await ownPerson(tx, actor)
    const asked = (await askedFor(tx)).find((one) => one.slug === slug)
    if (!asked) throw new NotFound()
    if (asked.text_sha256 !== read) throw new Conflict('policy_changed',
      'A newer version was published while you were reading. Read what has changed, then accept that one.')
    const row = await tx.db.selectFrom('acceptances').selectAll().where('version_id', '=', asked.versionId).where('person_id', '=', personId).forUpdate()
      .executeTakeFirst()
    refuseIf(row?.accepted_at, 'already_accepted', 'You have accepted this version already.')
    const { entryId } = await append(tx, policyAccepted, {
      subjects: { person: personId, policy: asked.policyId }, marks: { policy: slug },
      facts: { title: asked.title, version: asked.version, text_sha256: read, page: `/me/policies/${slug}` },
    })
    const given = { accepted_at: timestampOf(tx.now), entry_id: entryId }
    await tx.db.insertInto('acceptances')
      .values({ organization_id: tx.organizationId, version_id: asked.versionId, person_id: personId, policy_id: asked.policyId,
        asked_at: timestampOf(tx.now), due_at: timestampOf(tx.now), ...given })
      .onConflict((conflict) => conflict.columns(['organization_id', 'version_id', 'person_id']).doUpdateSet(given)).execute()
    await settleHolds(tx, [personId])
    return { policy: slug, version: asked.version, entry: entryId }
  },
})
