import { addEvidence, textFiles } from '../samples/index.ts'

/** The courses that somebody passed, with the questions and answers by which they were judged. */
addEvidence({
  name: 'courses passed', subject: 'person',
  filesOf: async ({ tx }, ids) => textFiles('course-', await tx.db.selectFrom('course_attempts as a')
    .innerJoin('course_versions as v', 'v.id', 'a.version_id').innerJoin('courses as c', 'c.id', 'v.course_id')
    .select(['a.person_id as id', 'c.slug', 'v.version', 'v.body', 'v.body_sha256']).distinctOn(['a.person_id', 'c.slug', 'v.version'])
    .where('a.person_id', 'in', ids).where('a.passed', '=', true).orderBy('a.person_id').orderBy('c.slug').orderBy('v.version').execute()),
})
