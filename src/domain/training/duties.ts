import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { addDuties, inAudience, type Asked } from '../obligations/index.ts'
import { promisedUntil } from '../policies/index.ts'
import { addTextsTaken } from '../samples/index.ts'
import { courses, type GivenCourse } from './courses.ts'

export const keyOf = ({ course_id: id }: GivenCourse): string => `course/${id}`

/** Whoever has not passed has the promised time, or a month, from when they joined or the course was there; passed once, until it is due again. */
export async function coursesAsked(tx: Tx, given: readonly GivenCourse[]): Promise<Asked> {
  const zone = await zoneOf(tx)
  const within = (await promisedUntil(tx, 'training.passed', { count: 1, unit: 'months' })).since(tx.now)
  const rows = given.map(({ course_id: id, roles, again_months: again, created_at: since }) => ({ id, roles, countries: [], again, since }))
  return {
    columns: given.map((course) => ({ key: keyOf(course), title: course.title, place: '/desk/training' })),
    cells: sql`
      select team.person_id, 'course/' || c.id as key,
        coalesce(x.good_until, greatest(joined_at, c.since) + make_interval(secs => ${within.total('seconds')})) as due_at,
        case when passed_at is not null and coalesce(x.good_until > ${timestampOf(tx.now)}, true) then passed_at end as done_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c (id uuid, roles text[], countries text[], again int, since timestamptz)
        join team on member and ${inAudience('c')}
        left join lateral (select ended_at as passed_at from course_attempts
          where passed and course_id = c.id and person_id = team.person_id order by ended_at desc limit 1) a on true
        cross join lateral (select case when c.again > 0 then (passed_at at time zone ${zone} + make_interval(months => c.again)) at time zone ${zone} end
          as good_until) x`,
  }
}

addDuties({ name: 'training', order: 20, columns: async (tx) => coursesAsked(tx, await courses.given(tx)) })

/** The courses that somebody passed, with the questions and answers by which they were judged. */
addTextsTaken({ name: 'courses passed', noun: 'course', nouns: 'courses', taken: sql`select person_id, version_id from course_attempts where passed` })
