import { sql } from 'kysely'
import { zoneOf } from '../../verbs/moment.ts'
import { addDuties, inAudience } from '../obligations/index.ts'
import { endOfTime, promisedWithin } from '../policies/index.ts'
import { addEvidence, textFiles } from '../samples/index.ts'
import { agreementTexts } from './agreement-text.ts'

/** Whoever has not signed has the promised time, or two weeks, from when they joined or the newest text was there. */
addDuties({
  name: 'agreements', order: 5,
  async columns(tx) {
    const asked = (await agreementTexts.list(tx)).filter(({ withdrawn_at: at }) => at === null)
    const within = endOfTime(tx.now, await promisedWithin(tx, 'agreement.signed') ?? { count: 2, unit: 'weeks' }, await zoneOf(tx)).since(tx.now)
    return {
      columns: asked.map(({ agreement_id: id, title }) => ({ key: `agreement/${id}`, title, place: '/desk/agreements' })),
      cells: sql`
        select team.person_id, 'agreement/' || v.agreement_id as key, signed_at as done_at,
          greatest(joined_at, v.published_at) + make_interval(secs => ${within.total('seconds')}) as due_at
        from agreement_versions v join team on ${inAudience('v')}
          left join agreement_signatures s on s.agreement_id = v.agreement_id and s.person_id = team.person_id
        where v.id = any (${asked.map(({ id }) => id)}::uuid[])`,
    }
  },
})

/** The texts that somebody signed here. */
addEvidence({
  name: 'signed agreements', subject: 'person',
  filesOf: async ({ tx }, ids) => textFiles('agreement-', await tx.db.selectFrom('agreement_signatures as s')
    .innerJoin('agreement_versions as v', 'v.id', 's.version_id').innerJoin('agreements as a', 'a.id', 'v.agreement_id')
    .select(['s.person_id as id', 'a.slug', 'v.version', 'v.body', 'v.body_sha256']).where('s.person_id', 'in', ids).where('s.signed_at', 'is not', null)
    .orderBy('a.slug').execute()),
})
