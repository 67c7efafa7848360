import { sql } from 'kysely'
import { addDuties } from '../obligations/index.ts'

/**
 * Asked of whoever came since a policy first spoke of it, and not before the company had Avow: by the promised time from then, else at once. Others
 * see to it.
 */
addDuties({
  name: 'background-checks', order: 7, byOthers: true,
  async columns(tx, promises) {
    const speaking = promises.about('background-check.cleared').map(({ policyId }) => policyId)
    const within = promises.until('background-check.cleared', { count: 0, unit: 'days' }).since(tx.now)
    return {
      columns: speaking.length === 0 ? [] : [{ key: 'background-check', title: 'Background check', place: '/desk/first-days' }],
      cells: sql`
        select person_id, 'background-check' as key, joined_at + make_interval(secs => ${within.total('seconds')}) as due_at,
          case when result <> 'not-cleared' then decided_at end as done_at
        from team left join background_checks using (person_id) join (select p.id as person_id, p.starts_on from people p) listed using (person_id),
          (select created_at, zone from organizations where id = ${tx.organizationId}) o
        where result is not null or coalesce(listed.starts_on >= (o.created_at at time zone o.zone)::date, true)
          and joined_at >= (select min(in_force_at) from policy_versions where policy_id = any (${speaking}::uuid[]) and state = 'published')`,
    }
  },
})
