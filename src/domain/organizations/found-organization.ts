import type { Kysely } from 'kysely'
import { findOrganization, type Organization } from '../../access/organizations.ts'
import type { Database } from '../../db/database.ts'
import type { Tables } from '../../db/tables.ts'
import { openLog, sequenceIn } from '../../ledger/index.ts'
import { newId } from '../../lib/ids.ts'

export interface NewOrganization {
  readonly slug: string
  readonly name: string
  /** The name under which its log signs: a host name and perhaps a path, without a scheme. It never changes. */
  readonly logOrigin: string
  readonly zone?: string
  readonly host?: string
  readonly example?: boolean
}

/** Makes an organisation and begins its log. An example's row comes first, because its clock is asked for before its first transaction. */
export async function foundOrganization(database: Database, wanted: NewOrganization): Promise<Organization> {
  const id = newId()
  if (wanted.example) await insert(database.global, id, wanted)
  await database.write(id, async (tx) => {
    if (!wanted.example) await insert(tx.db, id, wanted)
    await openLog(tx)
    // An example lives on a clock of its own, which the sequencer that runs does not know.
    if (wanted.example) await sequenceIn(tx)
  })
  return (await findOrganization(database, { id }))!
}

const insert = (db: Kysely<Tables>, id: string, { slug, name, logOrigin, zone = 'UTC', host, example = false }: NewOrganization) =>
  db.insertInto('organizations').values({ id, slug, name, host: host ?? null, log_origin: logOrigin, zone, example }).execute()
