import { addEvidence } from '../samples/index.ts'

/** The courses that somebody passed, with the questions and answers by which they were judged: the entry names the text's SHA-256. */
addEvidence({
  name: 'courses passed', subject: 'person',
  async filesOf({ tx }, ids) {
    const rows = await tx.db.selectFrom('course_attempts as a').innerJoin('course_versions as v', 'v.id', 'a.version_id').innerJoin('courses as c', 'c.id',
      'v.course_id')
      .select(['a.person_id', 'c.slug', 'v.version', 'v.body', 'v.body_sha256']).distinctOn(['a.person_id', 'c.slug', 'v.version'])
      .where('a.person_id', 'in', ids).where('a.passed', '=', true).orderBy('a.person_id').orderBy('c.slug').orderBy('v.version').execute()
    return new Map([...Map.groupBy(rows, ({ person_id: id }) => id)].map(([id, texts]) => [id, texts.map(({ slug, version, body, body_sha256: sha256 }) =>
      ({ name: `course-${slug}-${version}.md`, sha256: sha256.toString('hex'), open: async () => Buffer.from(body) }))]))
  },
})
