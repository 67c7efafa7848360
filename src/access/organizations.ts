import { sql, type Selectable } from 'kysely'
import type { Database } from '../db/database.ts'
import type { OrganizationRow } from '../db/tables.ts'

/** One company with its policies, people and log. */
export interface Organization {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly host: string | null
  readonly logOrigin: string
  readonly zone: string
  readonly example: boolean
}

/** Named one by one, so that the statements of every request stay prepared. */
const columns = ['id', 'slug', 'name', 'host', 'log_origin', 'zone', 'example'] as const

export async function findOrganization(database: Database, by: { id: string } | { slug: string } | { host: string }): Promise<Organization | null> {
  const [column, value] = Object.entries(by)[0] as ['id' | 'slug' | 'host', string]
  const row = await database.global.selectFrom('organizations').select(columns).where(column, '=', value).executeTakeFirst()
  return row ? toOrganization(row) : null
}

/** The organisation that a deployment of one serves at its root. Examples do not count; with several there is none. */
export async function onlyOrganization(database: Database): Promise<Organization | null> {
  const rows = await database.global.selectFrom('organizations').select(columns).where('example', '=', false).where('host', 'is', null).limit(2).execute()
  return rows.length === 1 ? toOrganization(rows[0]!) : null
}

/** The organisation that a host serves at its root: whose it is, otherwise the only one. In one statement, because every request asks. */
export async function organizationOfHost(database: Database, host: string): Promise<Organization | null> {
  const rows = await database.global.selectFrom('organizations').select(columns)
    .where((is) => is.or([is('host', '=', host), is.and([is('host', 'is', null), is('example', '=', false)])])).orderBy(sql`host is null`).limit(2).execute()
  const [first] = rows
  return first && (first.host !== null || rows.length === 1) ? toOrganization(first) : null
}

/** Where its pages are for people outside, without a slash at the end. `deployment` is the address of them all. */
export async function addressOf(database: Database, id: string, deployment: string): Promise<string> {
  const organization = await findOrganization(database, { id })
  if (organization?.host) return originOf(organization, deployment)
  const only = await onlyOrganization(database)
  return only?.id === id || !organization ? deployment : `${deployment}/o/${organization.slug}`
}

/** The host of its own, where it has one. */
export const originOf = ({ host }: Organization, deployment: string): string => host ? `${new URL(deployment).protocol}//${host}` : deployment

export async function listOrganizations(database: Database): Promise<Organization[]> {
  return (await database.global.selectFrom('organizations').select(columns).orderBy('created_at').execute()).map(toOrganization)
}

const toOrganization = (row: Pick<Selectable<OrganizationRow>, (typeof columns)[number]>): Organization => ({
  id: row.id, slug: row.slug, name: row.name, host: row.host, logOrigin: row.log_origin, zone: row.zone, example: row.example,
})
