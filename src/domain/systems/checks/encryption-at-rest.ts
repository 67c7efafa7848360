import { sql } from 'kysely'
import type { Tx } from '../../../db/tx.ts'
import { factsOf } from '../../../ledger/index.ts'
import { BOX_OVERHEAD } from '../../../seal/box.ts'
import { Erased } from '../../../seal/envelope.ts'
import { reasonOf, type Look } from './look.ts'

/** What people wrote to us, and the keys of the log: every one of these columns holds sealed boxes or nothing. */
export const sealedColumns: readonly (readonly [table: string, column: string])[] = [
  ['entries', 'facts'], ['signing_keys', 'private_key'], ['attachments', 'about'], ['mails', 'recipient'], ['mails', 'body'],
  ['reports', 'title'], ['reports', 'identity'], ['report_messages', 'body'], ['address_changes', 'box'],
  ['mail_requests', 'address_box'], ['mail_links', 'address_box'], ['recoveries', 'reason_box'],
]

const SAMPLE = 20

/** Looks at what is stored: boxes where boxes belong, under keys that a living epoch of the keyring wraps, and a sample of them opens. */
export async function lookAtEncryption(tx: Tx): Promise<Look> {
  const faults = [...await columnsThatAreNot(tx), ...await keysWithoutEpoch(tx)]
  for (const [table, column] of sealedColumns) faults.push(...await plainBoxes(tx, table, column))
  const { opened, broken } = await openSample(tx)
  if (broken) faults.push(broken)
  return faults.length > 0
    ? { passed: false, detail: faults.join(' ').slice(0, 2000) }
    : { passed: true, detail: `${sealedColumns.length} columns hold AES-256-GCM boxes only; a sample of ${opened} opened.` }
}

async function columnsThatAreNot(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string; type: string }>`
    select table_name || '.' || column_name as name, data_type as type from information_schema.columns where table_schema = 'avow'`.execute(tx.db)
  const types = new Map(rows.map(({ name, type }) => [name, type]))
  return sealedColumns.map((column) => column.join('.')).filter((name) => types.get(name) !== 'bytea').map((name) => `${name} is no column of sealed boxes.`)
}

/** Open facts are meant to be read by everybody. */
async function plainBoxes(tx: Tx, table: string, column: string): Promise<string[]> {
  const box = sql.ref(column)
  const sealed = table === 'entries' ? sql`key_id is not null` : sql`true`
  const { rows: [found] } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)}
    where ${box} is not null and (octet_length(${box}) < ${BOX_OVERHEAD} or get_byte(${box}, 0) <> 1) and ${sealed}`.execute(tx.db)
  return Number(found?.n ?? 0) > 0 ? [`${table}.${column} holds something that is not sealed.`] : []
}

async function keysWithoutEpoch(tx: Tx): Promise<string[]> {
  const epochs = tx.keyring.epochs().map(({ epoch }) => epoch)
  const lost = await tx.db.selectFrom('data_keys').select((is) => is.fn.countAll<number>().as('n'))
    .where('wrapped', 'is not', null).where('epoch', 'not in', epochs).executeTakeFirst()
  return Number(lost?.n ?? 0) > 0 ? [`${lost!.n} data keys are wrapped by an epoch that the keyring does not have.`] : []
}

async function openSample(tx: Tx): Promise<{ opened: number; broken?: string }> {
  const rows = await tx.db.selectFrom('entries').select('id').where('key_id', 'is not', null).orderBy('id', 'desc').limit(SAMPLE).execute()
  let opened = 0
  for (const { id } of rows) {
    try {
      await factsOf(tx, id)
      opened++
    } catch (error) {
      if (!(error instanceof Erased)) return { opened, broken: `The sealed facts of an entry do not open: ${reasonOf(error)}` }
    }
  }
  return { opened }
}
