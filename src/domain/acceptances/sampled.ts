import { addEvidence } from '../samples/index.ts'

/** The texts that somebody accepted, as they stood on the page: the entry names their SHA-256. */
addEvidence({
  name: 'accepted texts', subject: 'person',
  async filesOf({ tx }, ids) {
    const rows = await tx.db.selectFrom('acceptances as a').innerJoin('policy_versions as v', 'v.id', 'a.version_id').innerJoin('policies as p', 'p.id',
      'v.policy_id')
      .select(['a.person_id', 'p.slug', 'v.version', 'v.body', 'v.body_sha256']).where('a.person_id', 'in', ids).where('a.accepted_at', 'is not', null)
      .orderBy('p.slug').orderBy('v.version').execute()
    return new Map([...Map.groupBy(rows, ({ person_id: id }) => id)].map(([id, texts]) => [id, texts.map(({ slug, version, body, body_sha256: sha256 }) =>
      ({ name: `policy-${slug}-${version}.md`, sha256: sha256.toString('hex'), open: async () => Buffer.from(body) }))]))
  },
})
