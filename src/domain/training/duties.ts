import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { addDuties } from '../obligations/index.ts'
import { endOfTime, promisedWithin } from '../policies/index.ts'
import { listGiven } from './find.ts'

/** Whoever has not passed has the promised time, or a month, from when they joined or the course was there; passed once, until it is due again. */
addDuties({
  name: 'training', order: 20,
  async columns(tx) {
    const given = await listGiven(tx)
    const within = endOfTime(tx.now, await promisedWithin(tx, 'training.passed') ?? { count: 1, unit: 'months' }, await zoneOf(tx)).since(tx.now)
    const of = <K extends keyof (typeof given)[number]>(name: K) => given.map((course) => course[name])
    return {
      columns: given.map(({ course_id, title }) => ({ key: `course/${course_id}`, title, place: '/desk/training' })),
      cells: sql`
        select team.person_id, 'course/' || c.id as key,
          coalesce(x.good_until, greatest(joined_at, c.since) + make_interval(secs => ${within.total('seconds')})) as due_at,
          case when passed_at is not null and coalesce(x.good_until > ${timestampOf(tx.now)}, true) then passed_at end as done_at
        from (select g.id, g.roles, g.again, k.created_at as since
          from unnest(${of('course_id')}::uuid[], ${given.map(({ roles }) => roles.join(' '))}::text[], ${of('again_months')}::int[]) as g (id, roles, again)
            join courses k on k.id = g.id) c
          join team on member and (c.roles = '' or team.roles && string_to_array(c.roles, ' '))
          left join lateral (select ended_at as passed_at from course_attempts
            where passed and course_id = c.id and person_id = team.person_id order by ended_at desc limit 1) a on true
          cross join lateral (select case when c.again > 0 then passed_at + make_interval(months => c.again) end as good_until) x`,
    }
  },
})
