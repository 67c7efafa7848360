import { sql } from 'kysely'
import { addDuties, inAudience } from '../obligations/index.ts'
import { addTextsTaken } from '../samples/index.ts'
import { askedFor } from './asked-for.ts'

addDuties({
  name: 'policies', order: 10, managers: '/me/team',
  async columns(tx, promises) {
    const asked = await askedFor(tx, promises)
    return {
      columns: asked.map(({ versionId, title }) => ({ key: `policy/${versionId}`, title, place: '/desk/acceptances' })),
      cells: sql`select person_id, 'policy/' || version_id as key, due_at, accepted_at as done_at
        from team join acceptances using (person_id)
          join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as v ("versionId" uuid, roles text[], countries text[]) on v."versionId" = version_id
        where version_id = any (${asked.map(({ versionId }) => versionId)}::uuid[]) and ${inAudience('v')}`,
    }
  },
})

/** The texts that somebody accepted, as they stood on the page. */
addTextsTaken({
  name: 'accepted texts', noun: 'policy', nouns: 'policies', taken: sql`select person_id, version_id from acceptances where accepted_at is not null`,
})
