import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { BackgroundCheckRow } from './tables.ts'

export type BackgroundCheck = Pick<Selectable<BackgroundCheckRow>, 'person_id' | 'result' | 'decided_on'>

/** The newest of each of these people. */
export const newestChecks = (tx: Tx, personIds: readonly string[]): Promise<BackgroundCheck[]> => tx.db.selectFrom('background_checks')
  .select(['person_id', 'result', sql<string>`decided_on::text`.as('decided_on')]).distinctOn('person_id')
  .where(sql<boolean>`person_id = any (${[...personIds]}::uuid[])`).orderBy('person_id').orderBy('recorded_at', 'desc').execute()
