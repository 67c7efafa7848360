import { sql } from 'kysely'
import { identitiesOf, listPeople } from '../../people/index.ts'
import { addCertificates } from '../../samples/index.ts'
import type { CourseVersion } from '../courses.ts'
import type { Attempt } from '../find.ts'

/** What the certificate of an attempt that was passed says. */
export const paperOf = (attempt: Pick<Attempt, 'ended_at' | 'right_answers' | 'questions' | 'score'>,
  version: Pick<CourseVersion, 'title' | 'version' | 'body_sha256' | 'package'>, about: string) => ({
  title: 'Certificate', about, at: attempt.ended_at!, sentence: `has passed the course “${version.title}”${withWhat(attempt)}.`,
  lines: [
    ['Passed', attempt.ended_at!.toISOString()],
    ['Course', `${version.title}, version ${version.version}`],
    [version.package ? 'SHA-256 of the package' : 'SHA-256 of the course’s text', version.body_sha256.toString('hex')],
  ] as const,
})

/** What a package found is what the learner's browser reported. */
const withWhat = ({ right_answers: right, questions, score }: Pick<Attempt, 'right_answers' | 'questions' | 'score'>): string =>
  questions !== null ? ` with ${right} of ${questions} answers right`
    : `, as its package reported${score === null ? '' : ` with ${Math.round(score * 100)} %`}`

addCertificates('certificates of courses', async ({ tx }, ids) => {
  const passed = await tx.db.selectFrom('course_attempts as a').innerJoin('course_versions as v', 'v.id', 'a.version_id')
    .innerJoin('courses', 'courses.id', 'a.course_id')
    .select(['a.id', 'a.person_id', 'a.entry_id', 'a.ended_at', 'a.right_answers', 'a.questions', 'a.score', 'courses.slug'])
    .select(['v.title', 'v.version', 'v.body_sha256', 'v.package'])
    .where('a.passed', '=', true).where(sql<boolean>`a.person_id = any (${[...ids]}::uuid[])`).orderBy('a.ended_at').orderBy('a.id').execute()
  const identity = await identitiesOf(tx, await listPeople(tx, { ids }))
  return passed.map(({ id, person_id: person, entry_id: entryId, slug, ...of }) => ({
    name: `${slug}-${of.ended_at!.toISOString().slice(0, 10)}-${id.slice(-8)}-certificate`, person, entryId: entryId!,
    ...paperOf(of, of, identity(person).name),
  }))
})
