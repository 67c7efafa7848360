import { parseVkey } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import { witnessVkey } from './witness-server.ts'

export interface Cosigned { readonly size: number; readonly at: number }

/** One that we ask, and what it has cosigned. Moments are milliseconds since 1970 UTC. */
export interface AskedWitness {
  readonly vkey: string
  readonly name: string
  readonly url: string
  readonly addedAt: Date
  /** Why it did not answer the last time; null when it did. */
  readonly error: string | null
  readonly count: number
  /** The newest first, a few of them. */
  readonly latest: readonly Cosigned[]
}

const shown = 10

export async function listWitnesses(tx: Tx): Promise<AskedWitness[]> {
  const rows = await tx.db.selectFrom('witnesses').selectAll().orderBy('added_at').execute()
  return Promise.all(rows.map(async ({ vkey, url, error, added_at: addedAt }) => {
    const cosigned = tx.db.selectFrom('cosignatures').where('witness', '=', vkey)
    const { count } = await cosigned.select((is) => is.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
    const latest = await cosigned.select(['size', 'at_ms as at']).orderBy('size', 'desc').limit(shown).execute()
    return { vkey, name: parseVkey(vkey).name, url, addedAt, error, count: Number(count), latest }
  }))
}

/** This organisation as a witness of others: its key, once it has one, and the newest state of each log that it cosigned. */
export async function witnessedLogs(tx: Tx) {
  const logs = await tx.db.selectFrom('witnessed_logs').select(['origin', 'vkey', 'size', 'added_at']).orderBy('origin').execute()
  return { vkey: await witnessVkey(tx), logs }
}
