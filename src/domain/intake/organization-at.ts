import { sql } from 'kysely'
import { onlyOrganization } from '../../access/organizations.ts'
import type { Database } from '../../db/database.ts'
import { findByReplyToken, findByReturnToken, tagOf } from '../../mail/index.ts'

/**
 * Whose mail it is: of an address that an organisation has set, of a case or a letter whose token stands in the address, or of the only organisation
 * where it came to the address that Avow reads. Undefined: nobody's here.
 */
export async function organizationAt(database: Database, recipient: string, intake: string | undefined): Promise<string | undefined> {
  const address = recipient.trim().toLowerCase()
  const { rows: [row] } = await sql<{ id: string | null }>`select organization_at(${address}) as id`.execute(database.global)
  if (row?.id) return row.id
  if (intake === undefined) return undefined
  const tag = tagOf(address, intake)
  if (tag) return organizationOfToken(database, tag)
  return address === intake.toLowerCase() ? (await onlyOrganization(database))?.id : undefined
}

/** A token is found in the organisation that made it, and in no other. */
async function organizationOfToken(database: Database, { is, token }: { is: 'case' | 'bounce'; token: string }): Promise<string | undefined> {
  const organizations = await database.global.selectFrom('organizations').select('id').execute()
  for (const { id } of organizations) {
    if (await database.read<unknown>(id, (tx) => is === 'case' ? findByReplyToken(tx, token) : findByReturnToken(tx, token))) return id
  }
  return undefined
}
