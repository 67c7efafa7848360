import pg from 'pg'

export interface Table { readonly name: string; readonly columns: readonly string[] }

/** Tables of ours that hold data, parents before children where that is possible. Generated columns are left out: they come by themselves. */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'avow'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
    group by c.relname order by c.relname`)
  return rows
}

/** `avow."reports" ("id", …)`, as COPY wants it. */
export const target = ({ name, columns }: Table): string =>
  `avow.${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`

/** Text comes out of every PostgreSQL alike, whatever its own settings are. */
export const plainSession = `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex';
  set extra_float_digits = 1; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`
