import { listOrganizations, type Organization } from '../access/organizations.ts'
import type { Database } from '../db/database.ts'
import { WrongUsage } from './wrong-usage.ts'

/** The organisation of that short name; without one, the only one that is no example. */
export async function chosenOrganization(database: Database, slug: string | undefined, usage: string): Promise<Organization> {
  const all = await listOrganizations(database)
  const own = all.filter((one) => (slug === undefined ? !one.example : one.slug === slug))
  if (own.length !== 1) throw new WrongUsage(`Usage: avow ${usage}. There are: ${all.map((one) => one.slug).join(', ')}.`)
  return own[0]!
}
