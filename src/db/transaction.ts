import {
  DefaultQueryExecutor, PostgresAdapter, PostgresDialect, PostgresDriver, PostgresQueryCompiler, Transaction, type CompiledQuery, type Driver,
} from 'kysely'
import pg from 'pg'
import type { Tables } from './tables.ts'

/** Takes a statement that is on its way and whose answer nobody needs: the transaction commits only if it succeeded. */
export type Send = (statement: Promise<unknown>) => void

/** How one begins, and whether it only reads: then there is nothing to wait for once `use` has its answer. */
export interface Opening { readonly statements: readonly CompiledQuery[]; readonly reads: boolean }

export type Transact = <T>(opening: Opening, use: (db: Transaction<Tables>, send: Send) => Promise<T>) => Promise<T>

/**
 * Transactions that wait for no answer but those that somebody awaits. Statements leave as they are asked for and PostgreSQL takes them in that order:
 * the first one together with those that open it, the last ones together with the commit. What `use` throws rolls all back, and so does a statement
 * that fails.
 */
export function transactions(pool: pg.Pool): Transact {
  const dialect = new PostgresDialect({ pool })
  const driver: Driver = new PostgresDriver({ pool })
  const ready = driver.init()
  const [compiler, adapter] = [new PostgresQueryCompiler(), new PostgresAdapter()]
  return async ({ statements, reads }, use) => {
    await ready
    const connection = await driver.acquireConnection()
    let over = false
    // Kysely's own would hold a statement back until the one before it is answered.
    const executor = new DefaultQueryExecutor(compiler, adapter, {
      // The connection may be in another transaction by then.
      provideConnection: async (use) => over ? Promise.reject(new Error('The transaction is over.')) : use(connection),
    })
    const sent: Promise<unknown>[] = []
    const send: Send = (statement) => {
      statement.catch(() => {}) // it is thrown below
      sent.push(statement)
    }
    try {
      for (const statement of statements) send(connection.executeQuery(statement))
      const done = await use(new Transaction<Tables>({ config: { dialect }, dialect, driver, executor }), send)
      over = true
      const asked = [...sent]
      send(driver.commitTransaction(connection))
      const failure = await firstFailure(reads ? asked : sent)
      if (failure) throw failure
      return done
    } catch (error) {
      over = true
      await driver.rollbackTransaction(connection).catch(() => {}) // a connection that is lost has rolled back
      const failure = await firstFailure(sent)
      throw error instanceof pg.DatabaseError && failure && failure.code !== aborted ? failure : error
    } finally {
      const released = Promise.allSettled(sent).then(() => driver.releaseConnection(connection))
      if (!reads) await released
      else released.catch(() => {}) // the pool is closed, and all of its connections with it
    }
  }
}

/** What PostgreSQL says to every statement that follows a failed one. */
const aborted = '25P02'

/** In the order in which they were sent, which is that of their effects. */
const firstFailure = async (sent: readonly Promise<unknown>[]): Promise<{ code?: string } | undefined> =>
  (await Promise.allSettled(sent)).find((outcome) => outcome.status === 'rejected')?.reason
