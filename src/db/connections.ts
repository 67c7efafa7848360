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

/** Like psycopg: a statement that comes again and again on its connection is prepared, up to so many; then the one that did not come for longest goes. */
const PREPARED_FROM = 3
const PREPARED_MOST = 200
/** What PostgreSQL makes a plan for, with values or without. */
const PLANNED = /^\s*(?:select|insert|update|delete|with)\b/
const SELECTS_STAR = /(?<!\bcount\()\*/
/** A plan from when a table was empty reads all of it when it no longer is; PostgreSQL itself makes a new one only after the table was analysed. */
const PLANS_KEPT_MS = 10_000

class Client extends pg.Client {
  #planned = performance.now()
  /** Texts and their names, the one that did not come for longest first. */
  readonly #prepared = new Map<string, string>()
  #names = 0
  /** Names of those that are to go: between two transactions, since whatever fails within one ends it. */
  #gone: string[] = []
  /** How often those came that are not prepared, the one that did not come for longest first: what comes once takes no place from what comes again. */
  readonly #seen = new Map<string, number>()

  override query(...args: unknown[]): never {
    const [text, values, callback] = args
    if (typeof text !== 'string' || !Array.isArray(values) || callback) return super.query(...args as [string]) as never
    const name = PLANNED.test(text) ? this.#nameOf(text) : undefined
    this.#gather()
    return new Promise((resolve, reject) => {
      const answered = (error: Error | null, result: unknown) => { if (error) reject(error); else resolve(result) }
      // Not by a configuration: pg would copy each one, property by property.
      super.query(Object.assign(new pg.Query(text, values.map(written)), { name, callback: answered }))
    }) as never
  }

  /** Before it is used again. Of a connection that broke the next statement tells. */
  tidy(): void {
    for (const name of this.#gone.splice(0)) super.query(`deallocate ${name}`).catch(() => {})
    if (performance.now() - this.#planned < PLANS_KEPT_MS) return
    this.#planned = performance.now()
    super.query('discard plans').catch(() => {})
  }

  /** What is asked in one turn leaves in one packet: the server wakes once for all of it. */
  #gather(): void {
    const { stream } = this.connection
    if (stream.writableCorked > 0) return
    stream.cork()
    process.nextTick(() => stream.uncork())
  }

  /** None for what selects a star, which `count(*)` does not: PostgreSQL refuses a prepared one once a migration has added a column. */
  #nameOf(text: string): string | undefined {
    const name = this.#prepared.get(text)
    if (name) {
      this.#prepared.delete(text)
      this.#prepared.set(text, name)
    }
    if (name || SELECTS_STAR.test(text)) return name
    const times = (this.#seen.get(text) ?? 0) + 1
    this.#seen.delete(text)
    if (times < PREPARED_FROM) {
      this.#seen.set(text, times)
      if (this.#seen.size > PREPARED_MOST) this.#seen.delete(this.#seen.keys().next().value!)
      return undefined
    }
    if (this.#prepared.size >= PREPARED_MOST) this.#forgetOne()
    this.#prepared.set(text, `statement_${++this.#names}`)
    return this.#prepared.get(text)
  }

  #forgetOne(): void {
    const [text, name] = this.#prepared.entries().next().value!
    this.#prepared.delete(text)
    this.#gone.push(name)
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
  pool.on('acquire', (client) => (client as unknown as Client).tidy())
  return pool
}
