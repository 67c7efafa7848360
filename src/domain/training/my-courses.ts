import { z } from 'zod'
import { ownPerson } from '../../access/people.ts'
import { instantOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { query } from '../../verbs/verb.ts'
import { getPerson, isAsked } from '../people/index.ts'
import { courses, type CourseVersion } from './courses.ts'
import { attemptsOf, listBegun, type Attempt } from './find.ts'

const MyCourse = z.object({
  course: z.string(), title: z.string(), minutes: z.number(),
  /** Whether one of my roles has to pass it. */
  required: z.boolean(),
  state: z.enum(['to do', 'begun', 'passed', 'again']),
  passed_at: z.iso.datetime().nullable(), good_until: z.iso.datetime().nullable(),
  attempts: z.array(z.object({
    attempt: z.uuid(), ended_at: z.iso.datetime(), right: z.number().nullable(), questions: z.number().nullable(), passed: z.boolean(),
    score: z.number().nullable().describe('Of a package, from 0 to 1'),
  })),
})
export type MyCourse = z.output<typeof MyCourse>

export const listMyCourses = query({
  name: 'course.mine', summary: 'The courses that are given, and where you stand with each.', may: 'own.do', input: z.object({}),
  output: z.object({ courses: z.array(MyCourse) }),
  async run({ tx, actor }) {
    const personId = await ownPerson(tx, actor)
    const me = await getPerson(tx, personId)
    const attempts = await attemptsOf(tx, personId)
    const mine = await Promise.all([...await courses.given(tx), ...await listBegun(tx, personId)].map(async (course): Promise<MyCourse> => {
      const own = attempts.filter((attempt) => attempt.course_id === course.course_id)
      return {
        course: course.slug, title: course.title, minutes: course.minutes, required: isAsked(course, me), ...await standingOf(tx, course, own),
        attempts: own.filter((attempt) => attempt.ended_at).map((attempt) => ({
          attempt: attempt.id, ended_at: attempt.ended_at!.toISOString(), right: attempt.right_answers, questions: attempt.questions, passed: attempt.passed!,
          score: attempt.score,
        })),
      }
    }))
    return { courses: mine }
  },
})

/** By one person's attempts, the newest first. `again`: what was passed no longer counts. `good_until` null: not passed, or for good. */
async function standingOf(tx: Tx, { again_months: months }: CourseVersion, attempts: readonly Attempt[]) {
  const passed = attempts.find((attempt) => attempt.passed)?.ended_at ?? null
  const until = passed && months > 0 ? instantOf(passed).toZonedDateTimeISO(await zoneOf(tx)).add({ months }).toInstant() : null
  const good = passed && (until === null || until.epochMilliseconds > tx.now.epochMilliseconds)
  const state = attempts.some((attempt) => attempt.ended_at === null) ? 'begun' as const : good ? 'passed' as const
    : passed ? 'again' as const : 'to do' as const
  return { state, passed_at: passed?.toISOString() ?? null, good_until: until?.toString() ?? null }
}
