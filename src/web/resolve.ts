import { findOrganization, organizationOfHost, type Organization } from '../access/organizations.ts'
import type { Database } from '../db/database.ts'

const onPath = /^\/o\/([a-z0-9-]+)(?=\/|$)/

/** The path inside the organisation: `/o/acme/report` → `/report`. */
export const innerPath = (path: string): string => path.replace(onPath, '') || '/'

/** Whose page this address is: named in the path, or by the host, or the only one there is. */
export async function organizationAt(database: Database, url: URL): Promise<{ organization: Organization; base: string } | null> {
  const slug = onPath.exec(url.pathname)?.[1]
  if (slug !== undefined) {
    const organization = await findOrganization(database, { slug })
    return organization && { organization, base: `/o/${slug}` }
  }
  const organization = await organizationOfHost(database, url.host)
  return organization && { organization, base: '' }
}
