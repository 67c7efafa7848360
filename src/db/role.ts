import { withClient } from './setup.ts'

interface Powers { role: string; superuser: boolean; bypasses: boolean; owned: string | null; version: number }

/** Row security protects nobody from a role that may ignore it. The error says how to mend it. */
export async function demandSafeRole(url: string): Promise<void> {
  const powers = await withClient(url, async (client) => (await client.query<Powers>(`
    select rolname as role, rolsuper as superuser, rolbypassrls as bypasses, current_setting('server_version_num')::int as version,
      (select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'avow' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'member') limit 1) as owned
    from pg_roles r where rolname = current_user`)).rows[0]!)
  const { role, superuser, bypasses, owned, version } = powers
  if (superuser) throw refusal(role, 'is a superuser and sees the rows of every organization')
  if (bypasses) throw refusal(role, 'bypasses row-level security')
  if (owned) throw refusal(role, `owns the table avow.${owned} and so is exempt from row-level security`)
  if (version < 150000) {
    throw new Error(`Avow needs PostgreSQL 15 or newer; the database at DATABASE_URL is version ${Math.floor(version / 10000)}. ` +
      'Upgrade it, or move with “avow backup” and “avow restore”.')
  }
}

const refusal = (role: string, why: string) => new Error(`Avow refuses to run as the database role “${role}”, which ${why}. Run ` +
  '“avow database setup” to make the roles avow_owner and avow_app, put avow_app into DATABASE_URL and avow_owner into MIGRATION_DATABASE_URL.')
