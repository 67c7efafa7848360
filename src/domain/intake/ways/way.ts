import type { Database } from '../../../db/database.ts'
import type { IntakeWayRow } from '../tables.ts'
import type { Selectable, Updateable } from 'kysely'

/** How mail comes in. */
export type Way = 'imap' | 'smtp'

/** What is known of each way, for the desk and for the node that reads next. Nothing of a mail stands there. */
export async function note(database: Database, way: Way, change: Omit<Updateable<IntakeWayRow>, 'way'>): Promise<void> {
  await database.global.insertInto('intake_ways').values({ way, uid_validity: null, ...change })
    .onConflict((conflict) => conflict.column('way').doUpdateSet(change)).execute()
}

export const readWay = (database: Database, way: Way): Promise<Selectable<IntakeWayRow> | undefined> =>
  database.global.selectFrom('intake_ways').selectAll().where('way', '=', way).executeTakeFirst()

export const listWays = (database: Database): Promise<Selectable<IntakeWayRow>[]> =>
  database.global.selectFrom('intake_ways').selectAll().orderBy('way').execute()
