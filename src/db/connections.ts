import pg from 'pg'

/** Our numbers are all below 2^53; whoever needs more asks for text. */
const int8 = 20

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

/** What every connection of ours has in common. The search path is set here, so that SQL in the application names tables alone. */
export const connectionSettings = (url: string): pg.ClientConfig => ({
  connectionString: url,
  options: '-c search_path=avow -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
  application_name: 'avow',
  types,
})

class Client extends pg.Client {
  // pg would write an Instant as JSON, with quotation marks.
  override query(...args: unknown[]): never {
    const values = args[1]
    if (Array.isArray(values)) args[1] = values.map((value) => value instanceof Temporal.Instant ? value.toString() : value)
    return super.query(...args as [string, unknown[]]) as never
  }
}

/** A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process. */
export function openPool(url: string, max: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ ...connectionSettings(url), max, Client: Client as unknown as new (config?: pg.ClientConfig) => pg.Client } as pg.PoolConfig)
  pool.on('error', onError)
  // Also one that breaks in somebody's hands: the pool listens only to those that are idle.
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}
