import { sql } from 'kysely'
import { addDuties } from '../obligations/index.ts'
import { askedFor } from './asked-for.ts'

addDuties({
  name: 'policies', order: 10,
  async columns(tx) {
    const asked = await askedFor(tx)
    const versions = asked.map(({ versionId }) => versionId)
    return {
      columns: asked.map(({ versionId, title }) => ({ key: `policy/${versionId}`, title, place: '/desk/acceptances' })),
      cells: sql`select person_id, 'policy/' || version_id as key, due_at, accepted_at as done_at from acceptances join team using (person_id)
        where version_id = any (${versions}::uuid[])`,
    }
  },
})
