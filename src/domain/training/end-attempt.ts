import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { trainingPassed } from '../systems/index.ts'
import type { CourseVersion } from './courses.ts'
import type { Attempt } from './find.ts'
import type { Answers } from './grade.ts'

interface Of { readonly attempt: Attempt; readonly slug: string; readonly version: CourseVersion }

/** Of a course in Markdown what was answered, judged here; of a package the score that it reported. */
type Ending = { readonly passed: boolean } & ({ answers: Answers; right: number; questions: number } | { score: number | null })

/** The attempt is over. A package is judged in its learner's browser: of its entry the company says so, not a machine. */
export async function endAttempt(tx: Tx, { attempt, slug, version }: Of, { passed, ...ending }: Ending): Promise<void> {
  const reported = 'score' in ending
  const facts = reported
    ? { reported_by: 'browser' as const, ...ending.score !== null && { score_percent: Math.round(ending.score * 100) } }
    : { right: ending.right, questions: ending.questions }
  const entry = passed ? await append(tx, trainingPassed, {
    subjects: { person: attempt.person_id, course: attempt.course_id }, marks: { course: slug }, ...reported && { vouch: 'company' },
    facts: { title: version.title, version: version.version, text_sha256: version.body_sha256.toString('hex'), ...facts },
  }) : null
  const passed_at = timestampOf(tx.now)
  if (passed) await tx.db.insertInto('course_passes')
    .values({ organization_id: tx.organizationId, course_id: attempt.course_id, person_id: attempt.person_id, passed_at })
    .onConflict((conflict) => conflict.columns(['organization_id', 'course_id', 'person_id']).doUpdateSet({ passed_at })).execute()
  await tx.db.updateTable('course_attempts').where('id', '=', attempt.id).set({
    ended_at: timestampOf(tx.now), passed, entry_id: entry?.entryId ?? null,
    // What a package kept for its learner is of no use any more.
    ...reported ? { score: ending.score, reported: '{}' }
      : { answers: JSON.stringify(ending.answers), right_answers: ending.right, questions: ending.questions },
  }).execute()
}
