import { addEvidence, textFiles } from '../samples/index.ts'

/** The texts that somebody accepted, as they stood on the page. */
addEvidence({
  name: 'accepted texts', subject: 'person',
  filesOf: async ({ tx }, ids) => textFiles('policy-', await tx.db.selectFrom('acceptances as a')
    .innerJoin('policy_versions as v', 'v.id', 'a.version_id').innerJoin('policies as p', 'p.id', 'v.policy_id')
    .select(['a.person_id as id', 'p.slug', 'v.version', 'v.body', 'v.body_sha256']).where('a.person_id', 'in', ids).where('a.accepted_at', 'is not', null)
    .orderBy('p.slug').orderBy('v.version').execute()),
})
