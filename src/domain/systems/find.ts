import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import './tables.ts'
import type { CheckResultRow, SourceRow, SystemRow } from './tables.ts'

export const listSystems = (tx: Tx): Promise<SystemRow[]> =>
  tx.db.selectFrom('systems').selectAll().where('retired_at', 'is', null).orderBy('slug').execute()

export const findSystem = (tx: Tx, slug: string): Promise<SystemRow | undefined> =>
  tx.db.selectFrom('systems').selectAll().where('slug', '=', slug).where('retired_at', 'is', null).executeTakeFirst()

export async function getSystem(tx: Tx, slug: string): Promise<SystemRow> {
  const system = await findSystem(tx, slug)
  if (!system) throw new NotFound(`No system is listed as “${slug}”.`)
  return system
}

export const findSource = (tx: Tx, slug: string): Promise<SourceRow | undefined> =>
  tx.db.selectFrom('sources').selectAll().where('slug', '=', slug).executeTakeFirst()

export const listResults = (tx: Tx): Promise<CheckResultRow[]> => tx.db.selectFrom('check_results').selectAll().orderBy('check_name').execute()
