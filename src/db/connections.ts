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

/** Like psycopg: a statement that comes again and again on its connection is prepared, up to so many of them. */
const PREPARED_FROM = 3
const PREPARED_MOST = 200
/** A plan from when a table was empty reads all of it when it no longer is; PostgreSQL itself makes a new one only after the table was analysed. */
const PLANS_KEPT_MS = 10_000

class Client extends pg.Client {
  #planned = performance.now()
  readonly #known = new Map<string, { readonly name: string; times: number }>()

  override query(...args: unknown[]): never {
    const [text, values, ...rest] = args
    if (typeof text !== 'string' || !Array.isArray(values)) return super.query(...args as [string]) as never
    const name = values.length > 0 ? this.#nameOf(text) : undefined
    this.#gather()
    return super.query({ text, values: values.map(written), ...name && { name } }, ...rest as []) as never
  }

  forgetOldPlans(): void {
    if (performance.now() - this.#planned < PLANS_KEPT_MS) return
    this.#planned = performance.now()
    super.query('discard plans').catch(() => {}) // of a connection that broke the next statement tells
  }

  /** What is asked in one turn leaves in one packet: the server wakes once for all of it. */
  #gather(): void {
    const { stream } = this.connection
    if (stream.writableCorked > 0) return
    stream.cork()
    process.nextTick(() => stream.uncork())
  }

  /** None for what selects a star: PostgreSQL refuses a prepared one once a migration has added a column. */
  #nameOf(text: string): string | undefined {
    const known = this.#known.get(text)
    if (known) return ++known.times >= PREPARED_FROM ? known.name : undefined
    if (this.#known.size < PREPARED_MOST && !text.includes('*')) this.#known.set(text, { name: `statement_${this.#known.size}`, times: 1 })
    return undefined
  }
}

// pg would write an Instant as JSON, with quotation marks.
const written = (value: unknown) => value instanceof Temporal.Instant ? value.toString() : value

/** A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process. */
export function openPool(url: string, max: number, onError: (error: Error) => void): pg.Pool {
  const config = { ...connectionSettings(url), max, pipeline: true, Client: Client as unknown as new (config?: pg.ClientConfig) => pg.Client }
  const pool = new pg.Pool(config as pg.PoolConfig)
  pool.on('error', onError)
  // Also one that breaks in somebody's hands: the pool listens only to those that are idle.
  pool.on('connect', (client) => client.on('error', onError))
  pool.on('acquire', (client) => (client as unknown as Client).forgetOldPlans())
  return pool
}
