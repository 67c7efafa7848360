import pg from 'pg'

/**
 * What `avow database setup` does, in order; it can be run again without harm. Migrating and running are two roles:
 * whoever runs can neither change tables nor see past row security.
 */
export function setupStatements(): { cluster: string[]; database: string[] } {
  return {
    cluster: [roleUnlessThere('avow_owner', 'login nosuperuser nobypassrls'), roleUnlessThere('avow_app', 'login nosuperuser nobypassrls')],
    database: [
      'create schema if not exists avow authorization avow_owner',
      'grant usage on schema avow to avow_app',
      'revoke create on schema public from public',
    ],
  }
}

/** Makes roles, database and schema through a superuser's connection to the database `postgres`. */
export async function setupDatabase(superuserUrl: (database: string) => string, database: string): Promise<void> {
  const { cluster, database: inside } = setupStatements()
  await withClient(superuserUrl('postgres'), async (client) => {
    for (const statement of cluster) await client.query(statement)
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!rowCount) await createDatabase(client, database)
  })
  await withClient(superuserUrl(database), async (client) => {
    for (const statement of inside) await client.query(statement)
  })
}

async function createDatabase(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  try { await client.query(`create database ${name} owner avow_owner`) } catch (error) {
    if ((error as pg.DatabaseError).code !== '42P04') throw error // another process was faster
  }
  await client.query(`revoke all on database ${name} from public`)
  await client.query(`grant connect on database ${name} to avow_app`)
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try { return await use(client) } finally { await client.end().catch(() => {}) }
}

const roleUnlessThere = (role: string, attributes: string) => `do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} ${attributes}; end if;
exception when duplicate_object or unique_violation then null;
end $$`
