import { sql } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { query } from '../../verbs/verb.ts'
import { addDuties, inAudience, standingOf, type Asked } from '../obligations/index.ts'
import { readPromises, type Promises } from '../policies/index.ts'
import { addTextsTaken } from '../samples/index.ts'
import { hashOf } from '../texts/index.ts'
import { courses, type GivenCourse } from './courses.ts'
import { shippedCourses, shippedText } from './shipped.ts'

type Head = Pick<GivenCourse, 'course_id' | 'title' | 'roles' | 'again_months' | 'created_at'>

/** Whoever has not passed has the promised time, or a month, from when they joined or the course was there; passed once, until it is due again. */
async function coursesAsked(tx: Tx, promises: Promises, given: readonly Head[]): Promise<Asked> {
  const zone = await zoneOf(tx)
  const within = promises.until('training.passed', { count: 1, unit: 'months' }).since(tx.now)
  const rows = given.map(({ course_id: id, roles, again_months: again, created_at: since }) => ({ id, roles, countries: [], again, since }))
  return {
    columns: given.map((course) => ({ key: `course/${course.course_id}`, title: course.title, place: '/desk/training' })),
    cells: sql`
      select team.person_id, 'course/' || c.id as key,
        coalesce(x.good_until, greatest(joined_at, c.since) + make_interval(secs => ${within.total('seconds')})) as due_at,
        case when passed_at is not null and coalesce(x.good_until > ${timestampOf(tx.now)}, true) then passed_at end as done_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (id uuid, roles text[], countries text[], again int, since timestamptz)
        join team on member and ${inAudience('c')}
        left join course_passes p on p.course_id = c.id and p.person_id = team.person_id
        cross join lateral (select case when c.again > 0 then (passed_at at time zone ${zone} + make_interval(months => c.again)) at time zone ${zone} end
          as good_until) x`,
  }
}

addDuties({ name: 'training', order: 20,
  columns: async (tx, promises) => coursesAsked(tx, promises, await courses.heads(tx, 'course_id', 'title', 'roles', 'again_months', 'created_at')) })

/** The courses that somebody passed, with the questions and answers by which they were judged. */
addTextsTaken({ name: 'courses passed', noun: 'course', nouns: 'courses', taken: sql`select person_id, version_id from course_attempts where passed` })

/** How the team stands with each course: as a group, and who still has to pass it. */
export const listCourses = query({
  name: 'course.list', summary: 'The courses that are given, and how many of those who have to pass them have.', may: 'training.manage', input: z.object({}),
  output: z.object({
    courses: z.array(z.object({
      course: z.string(), title: z.string(), version: z.number(), origin: z.enum(['as shipped', 'newer one shipped', 'own text', 'package']),
      passed: z.number(), due: z.array(z.uuid()).describe('Who still has to pass it, or to pass it again'),
    })),
    shipped: z.array(z.string()).describe('Courses that come with Avow and are not given'),
  }),
  async run({ tx }) {
    const given = await courses.given(tx)
    const standing = await standingOf(tx, await coursesAsked(tx, await readPromises(tx), given))
    return {
      courses: given.map((course) => {
        const { done, due } = standing(`course/${course.course_id}`)
        return { course: course.slug, title: course.title, version: course.version, origin: originOf(course), passed: done.length, due }
      }),
      shipped: shippedCourses.filter((one) => !given.some(({ slug }) => slug === one)),
    }
  },
})

function originOf({ slug, body, body_sha256: sha256, package: scorm }: GivenCourse): 'as shipped' | 'newer one shipped' | 'own text' | 'package' {
  if (scorm) return 'package'
  const shipped = shippedCourses.find((one) => one === slug)
  if (!shipped) return 'own text'
  if (hashOf(shippedText(shipped)).equals(sha256)) return 'as shipped'
  return titleOf(shippedText(shipped)) === titleOf(body) ? 'newer one shipped' : 'own text'
}

const titleOf = (text: string) => text.split('\n', 1)[0]
