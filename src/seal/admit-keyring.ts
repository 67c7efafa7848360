import type { Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { timestampOf } from '../db/timestamp.ts'
import { defaultKeySchedule, lifetime } from './key-schedule.ts'
import type { KeyStore } from './key-store.ts'
import { KeyringProblem, createKeyring, openKeyring, type Keyring } from './keyring.ts'

declare module '../db/tables.ts' {
  interface Tables { keyring_epochs: KeyringEpochRow }
}

/** What the database knows of the keyring: enough to recognise it, nothing to open anything. */
export interface KeyringEpochRow {
  epoch: number
  fingerprint: string
  created_at: Date
  /** Nothing is wrapped by it any more, except in backups. */
  retired_at: Date | null
  /** When it is to be destroyed at the latest, if keys are rotated as planned. */
  ends_at: Date
  /** The keyring has forgotten it. */
  destroyed_at: Date | null
}

/** A plain connection, before the pool is open: a client or pool of `pg`. */
export interface Connection { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }

/**
 * The keyring that belongs to this database; on the very first start it is made, and `say` is told where. Writes nothing
 * to the database, so call it before migrating. Throws `KeyringProblem` where the keyring is missing or another one.
 */
export async function admitKeyring(connection: Connection, store: KeyStore, say: (line: string) => void): Promise<Keyring> {
  const known = await knownEpochs(connection)
  if (known.length === 0 && await store.read() === undefined) {
    const made = await createKeyring(store)
    say(`The keys of this installation are in ${store.place}.`
      + ' Keep a copy away from this machine and away from its backups: whoever loses these keys loses the data.')
    return made
  }
  const keyring = await openKeyring(store)
  demandSame(known, keyring)
  return keyring
}

/** Notes the keyring's epochs in the database, after migrating, and when each is to end by the present schedule. */
export async function recordKeyring(db: Kysely<Tables>, keyring: Keyring, schedule = defaultKeySchedule): Promise<void> {
  const rows = keyring.epochs().map(({ epoch, fingerprint, createdAt }) =>
    ({ epoch, fingerprint, created_at: timestampOf(createdAt), retired_at: null, ends_at: timestampOf(createdAt.add(lifetime(schedule))), destroyed_at: null }))
  await db.insertInto('keyring_epochs').values(rows)
    .onConflict((conflict) => conflict.column('epoch')
      .doUpdateSet({ ends_at: (row) => row.ref('excluded.ends_at') }).where('keyring_epochs.retired_at', 'is', null))
    .execute()
}

function demandSame(known: KeyringEpochRow[], keyring: Keyring): void {
  const held = new Map(keyring.epochs().map(({ epoch, fingerprint }) => [epoch, fingerprint]))
  for (const { epoch, fingerprint, destroyed_at } of known) {
    const problem = held.has(epoch)
      ? held.get(epoch) !== fingerprint && `holds another key as epoch ${epoch}`
      : !destroyed_at && `lacks epoch ${epoch}`
    if (!problem) continue
    throw new KeyringProblem(`The keyring at ${keyring.place} is not the one of this database: it ${problem}. Nothing was written.`
      + ' Restore the right keyring and start again.')
  }
}

async function knownEpochs(connection: Connection): Promise<KeyringEpochRow[]> {
  const { rows: [table] } = await connection.query(`select to_regclass('avow.keyring_epochs') is not null as there`)
  if (!(table as { there: boolean }).there) return []
  return (await connection.query('select * from avow.keyring_epochs order by epoch')).rows as KeyringEpochRow[]
}
