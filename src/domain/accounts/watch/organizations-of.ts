import { rolesOf } from '../../../access/memberships.ts'
import { listOrganizations } from '../../../access/organizations.ts'
import type { Database } from '../../../db/database.ts'

/** Every organisation that somebody is of; `otherwise` where there is none. */
export async function organizationsOf(database: Database, accountId: string, otherwise?: string): Promise<string[]> {
  const found: string[] = []
  for (const { id } of await listOrganizations(database)) if (await database.read(id, (tx) => rolesOf(tx, accountId))) found.push(id)
  return found.length > 0 || !otherwise ? found : [otherwise]
}
