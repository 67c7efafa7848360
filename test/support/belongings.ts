import { addAsset } from '../../src/domain/reports/manage-assets.ts'
import { noteReport } from '../../src/domain/reports/note-report.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { inviteGuest } from '../../src/domain/guests/invite-guest.ts'
import { nameMediator } from '../../src/domain/guests/mediators.ts'
import { addBridge } from '../../src/domain/bridges/manage-bridges.ts'
import { passOn } from '../../src/domain/bridges/pass-on.ts'
import { createKey } from '../../src/domain/accounts/api-keys.ts'
import { configureProvider } from '../../src/domain/accounts/single-sign-on/configure-provider.ts'
import { claimDomain } from '../../src/domain/accounts/single-sign-on/domains.ts'
import { setGroupRoles } from '../../src/domain/accounts/single-sign-on/group-roles.ts'
import { draftPolicy } from '../../src/domain/policies/draft-policy.ts'
import { withClient } from '../../src/db/setup.ts'
import { member, type Place } from './visitors.ts'
import type { World } from './world.ts'

/** One of everything that an organisation can have, each carrying `mark` in what only its own people may read. */
export async function belongings(w: World, place: Place, mark: string): Promise<Record<string, string>> {
  const admin = w.as('admin')
  const asset = await admin.run(addAsset, { name: mark, note: mark }) as { id?: string; asset?: string }
  const { report } = await w.as('nobody').run(submitReport, { title: mark, description: mark, steps: mark, name: mark, good_faith: true })
  await admin.run(noteReport, { report, message: mark })
  const key = await admin.run(createKey, { name: mark, roles: ['admin'] })
  await admin.run(draftPolicy, { policy: 'security', text: `# ${mark}\n\nWe answer.\n` })
  const { account } = await member(place, w.organization.id, ['member'])
  await admin.run(configureProvider, { name: mark, issuer: 'https://login.example.org', client_id: mark, client_secret: mark })
  await admin.run(claimDomain, { domain: `${mark}.example` })
  await admin.run(setGroupRoles, { group: mark, roles: ['member'] })
  const { guest } = await admin.run(inviteGuest, { report, name: mark, address: 'guest@example.org', sees_report: true })
  const { mediator } = await admin.run(nameMediator, { name: mark, address: 'mediator@example.org' })
  const { bridge } = await admin.run(addBridge, { kind: 'gitlab', project: `${mark}/${mark}`, token: mark })
  const { issue } = await admin.run(passOn, { report, bridge, title: mark, text: mark })
  return { bridge, issue, guest, mediator, report, asset: asset.id ?? asset.asset ?? '', key: key.id, member: account!, policy: 'security', version: '1' }
}

/** A fingerprint of every row of the organisation, by table; row security does not bind a superuser. */
export async function fingerprints(w: World, organizationId: string): Promise<Record<string, string>> {
  return withClient(w.url('postgres'), async (client) => {
    const found: Record<string, string> = {}
    for (const table of await isolatedTables(w)) {
      const { rows: [row] } = await client.query<{ print: string }>(
        `select count(*) || ' rows ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print
         from avow.${table} t where organization_id = $1`, [organizationId])
      found[table] = row!.print
    }
    return found
  })
}

/** Tables that carry `organization_id`. */
export async function isolatedTables(w: World): Promise<string[]> {
  return withClient(w.url('postgres'), async (client) => (await client.query<{ table_name: string }>(
    `select table_name from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'avow' and column_name = 'organization_id' and table_type = 'BASE TABLE' order by 1`)).rows.map((row) => row.table_name))
}

/** Row-level security of every table, on or off. Only a test ever turns it off: to see that something notices. */
export async function rowSecurity(w: World, setting: 'enable' | 'disable'): Promise<void> {
  const tables = await isolatedTables(w)
  await withClient(w.url('avow_owner'), async (client) => {
    for (const table of tables) await client.query(`alter table avow.${table} ${setting} row level security`)
  })
}
