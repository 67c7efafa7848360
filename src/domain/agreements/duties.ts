import { sql } from 'kysely'
import { addDuties, inAudience } from '../obligations/index.ts'
import { addTextsTaken } from '../samples/index.ts'
import { agreementTexts } from './agreement.ts'

/** Whoever has not signed has the promised time, or two weeks, from when they joined or the newest text was there. */
addDuties({
  name: 'agreements', order: 5,
  async columns(tx, promises) {
    const asked = await agreementTexts.heads(tx, 'agreement_id', 'title', 'roles', 'countries', 'published_at')
    const within = promises.until('agreement.signed', { count: 2, unit: 'weeks' }).since(tx.now)
    return {
      columns: asked.map(({ agreement_id: id, title }) => ({ key: `agreement/${id}`, title, place: '/desk/agreements' })),
      cells: sql`
        select team.person_id, 'agreement/' || v.agreement_id as key, signed_at as done_at,
          greatest(joined_at, v.published_at) + make_interval(secs => ${within.total('seconds')}) as due_at
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as v (agreement_id uuid, roles text[], countries text[], published_at timestamptz)
          join team on ${inAudience('v')}
          left join agreement_signatures s on s.agreement_id = v.agreement_id and s.person_id = team.person_id`,
    }
  },
})

/** The texts that somebody signed here. */
addTextsTaken({
  name: 'signed agreements', noun: 'agreement', nouns: 'agreements',
  taken: sql`select person_id, version_id from agreement_signatures where signed_at is not null`,
})
