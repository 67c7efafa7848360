import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import { systemClock, type Clock } from '../lib/clock.ts'
import { newId } from '../lib/ids.ts'
import { NotFound } from '../lib/errors.ts'
import type { Keyring } from '../seal/keyring.ts'
import { openPool } from './connections.ts'
import { demandSafeRole } from './role.ts'
import { openListener, type Listener } from './listen.ts'
import type { Tables } from './tables.ts'
import { transactions, type Transact } from './transaction.ts'
import type { Tx } from './tx.ts'

export interface DatabaseOptions {
  /** Of the running role, `avow_app`: never the one that owns the tables. */
  readonly url: string
  readonly keyring: Keyring
  /** Any clock but the system's is accepted only for organisations that were created as examples. */
  readonly clock?: Clock
  readonly poolSize?: number
  /** Told of connections that break; the pool replaces them by itself. */
  readonly onError?: (error: Error) => void
}

/** Opens the database as the running role, and refuses a role that could see past row security. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  await demandSafeRole(options.url)
  return new Database(options)
}

/** Row-level security shows the transaction the rows of this organisation alone. */
const bind = `select set_config('avow.organization_id', $1, true)`

export class Database {
  readonly keyring: Keyring
  readonly url: string
  /** For the few tables that belong to no organisation. Used only by named functions in access/ and domain/organizations/. */
  readonly global: Kysely<Tables>
  readonly #transact: Transact
  readonly #clock: Clock
  readonly #listener: Listener
  readonly #examples = new Map<string, boolean>()
  #closed = false

  constructor({ url, keyring, clock = systemClock, poolSize = 16, onError = () => {} }: DatabaseOptions) {
    this.url = url
    this.keyring = keyring
    this.#clock = clock
    // Connections that are closing may still hear that the server stops.
    const report = (error: Error) => { if (!this.#closed) onError(error) }
    const pool = openPool(url, poolSize, report)
    this.global = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
    this.#transact = transactions(pool)
    this.#listener = openListener(url, report)
  }

  /** One transaction of one organisation. It commits when `use` returns and leaves nothing behind when it throws. */
  write<T>(organizationId: string, use: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#within(organizationId, { begin: 'begin', reads: false }, use)
  }

  /** Like `write`, but sees one moment of the database throughout and can change nothing. */
  read<T>(organizationId: string, use: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#within(organizationId, { begin: 'begin isolation level repeatable read read only', reads: true }, use)
  }

  async clockOf(organizationId: string): Promise<Clock> {
    if (this.#clock === systemClock) return systemClock
    if (await this.#isExample(organizationId)) return this.#clock
    throw new Error('Only an organization that was created as an example accepts a clock other than the system’s.')
  }

  /** Calls back for every `notify`. After a lost connection it calls once with '', because something may have been missed. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    return this.#listener.listen(channel, heard)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#listener.close()
    await this.global.destroy()
  }

  async #within<T>(organizationId: string, { begin, reads }: { begin: string; reads: boolean }, use: (tx: Tx) => Promise<T>): Promise<T> {
    // To the millisecond, so that a time comes back from the database equal to itself.
    const nowMs = (await this.clockOf(organizationId)).now().epochMilliseconds
    const tx = { organizationId, now: Temporal.Instant.fromEpochMilliseconds(nowMs), newId: () => newId(nowMs), keyring: this.keyring }
    const statements = [CompiledQuery.raw(begin), CompiledQuery.raw(bind, [organizationId])]
    return this.#transact({ statements, reads }, (db, send) => use({ db, send, ...tx }))
  }

  async #isExample(id: string): Promise<boolean> {
    const known = this.#examples.get(id)
    if (known !== undefined) return known
    const row = await this.global.selectFrom('organizations').select('example').where('id', '=', id).executeTakeFirst()
    if (!row) throw new NotFound()
    this.#examples.set(id, row.example)
    return row.example
  }
}
