import { sql } from 'kysely'
import { living } from '../../access/memberships.ts'
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
      cells: (people) => sql`
        select p.id as person_id, 'course/' || c.id as key, coalesce(x.good_until, greatest(p.joined_at, k.created_at) + ${within.total('seconds')} * interval '1 second') as due_at,
          case when x.at is not null and coalesce(x.good_until > ${timestampOf(tx.now)}, true) then x.at end as done_at
        from unnest(${of('course_id')}::uuid[], ${given.map(({ roles }) => roles.join(' '))}::text[], ${of('again_months')}::int[]) as c (id, roles, again)
          join courses k on k.id = c.id
          join people p on p.joined_at is not null and p.left_at is null ${people ? sql`and p.id = any (${[...people]}::uuid[])` : sql``}
          join memberships m on m.account_id = p.account_id and ${living(tx, 'm')} and m.roles <> '{auditor}'
            and (c.roles = '' or m.roles && string_to_array(c.roles, ' '))
          left join lateral (select a.at, case when c.again > 0 then a.at + make_interval(months => c.again) end as good_until from (
            select max(ended_at) as at from course_attempts t where t.course_id = c.id and t.person_id = p.id and passed) a where a.at is not null) x on true`,
    }
  },
})
