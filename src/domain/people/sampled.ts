import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import type { Work } from '../../verbs/verb.ts'
import { addSamplable, recorded, type Period, type Source } from '../samples/index.ts'
import { identitiesOf, listPeople } from './person.ts'

const between = (tx: Tx, day: 'joined_at' | 'left_at', { since, until }: Period) => tx.db.selectFrom('people').select('id').select(`${day} as at`)
  .where(day, '>=', timestampOf(since)).where(day, '<', timestampOf(until)).$narrowType<{ at: Date }>().execute()

/** Whoever the identity provider's directory knows today: it tells nothing of the past. */
async function directory(tx: Tx, day: 'joined_at' | 'left_at', period: Period): Promise<Source[]> {
  const { rows } = await sql<{ id: string }>`select coalesce(p.id, d.account_id) as id from directory_users d left join people p on p.account_id = d.account_id
    where d.active = ${day === 'joined_at'} and (p.id is null
      or ${sql.ref(`p.${day}`)} >= ${timestampOf(period.since)} and ${sql.ref(`p.${day}`)} < ${timestampOf(period.until)})`.execute(tx.db)
  const { n } = await tx.db.selectFrom('directory_users').select((is) => is.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return Number(n) === 0 ? [] : [{ source: 'the identity provider’s directory', ids: rows.map(({ id }) => id) }]
}

async function identities({ tx }: Work, ids: readonly string[]) {
  return identitiesOf(tx, ids.length === 0 ? [] : await listPeople(tx, { ids: ids.filter((id) => /^[0-9a-f-]{36}$/.test(id)) }))
}

const people = (name: string, title: string, day: 'joined_at' | 'left_at') => addSamplable({
  name, title, subject: 'person', may: 'people.read',
  population: ({ tx }, period) => between(tx, day, period),
  sources: async ({ tx }, period) => [await recorded(tx, [name], 'person', period), ...await directory(tx, day, period)],
  async namesOf(work, ids) {
    const identity = await identities(work, ids)
    return (id) => id.includes('@') ? id : identity(id).name
  },
  async keysOf(work, ids) {
    const identity = await identities(work, ids)
    return (id) => identity(id).address
  },
})

people('person.joined', 'People who joined', 'joined_at')
people('person.left', 'People who left', 'left_at')
