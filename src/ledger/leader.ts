import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionSettings } from '../db/connections.ts'

/** What only one node may do at a time. Any fixed numbers will do, as long as they differ. */
const locks = { ledger: 0x6c656467, mailbox: 0x6d61696c }

/**
 * Runs `lead` on one node at a time: the one whose own connection holds the lock. The signal aborts when the connection is lost, for then another
 * node may lead already. Ends when `stop` aborts.
 */
export async function whileLeading(
  url: string, stop: AbortSignal, lead: (leading: AbortSignal) => Promise<void>, onError: (error: Error) => void, what: keyof typeof locks = 'ledger',
): Promise<void> {
  while (!stop.aborted) {
    const lost = new AbortController()
    const client = new pg.Client({ ...connectionSettings(url), keepAlive: true })
    client.on('error', (error) => { onError(error); lost.abort() })
    client.on('end', () => lost.abort())
    try {
      await client.connect()
      if (await waitForLock(client, locks[what], AbortSignal.any([stop, lost.signal]))) await lead(AbortSignal.any([stop, lost.signal]))
    } catch (error) {
      onError(error as Error)
    } finally {
      await client.end().catch(() => {})
    }
    await rest(250, stop)
  }
}

async function waitForLock(client: pg.Client, lock: number, stop: AbortSignal): Promise<boolean> {
  while (!stop.aborted) {
    const { rows: [row] } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lock])
    if (row!.locked) return true
    await rest(250, stop)
  }
  return false
}

/** Waits, or less if `wake` aborts. */
export const rest = (ms: number, wake: AbortSignal): Promise<void> => pause(ms, undefined, { signal: wake }).catch(() => {})
