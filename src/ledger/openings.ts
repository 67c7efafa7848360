import { marksMac, type Opening } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import { committedColumns, parseFactsBox, saltsOf, sequenced, type Committed } from './entry.ts'
import { readStreamSettings, type SettingFrom } from './stream-settings.ts'

type Leaf = { index: number; at_ms: number; stream: string }
type SequencedEntry = Leaf & Committed & { facts: Buffer }

/** Openings of the leaves `from` up to `to` whose time has come. Marks of a case under embargo stay back, its kind never. */
export async function publicOpenings(tx: Tx, from: number, to: number): Promise<Opening[]> {
  const [settings, held, entries] = [await readStreamSettings(tx), await heldCases(tx), await readEntries(tx, from, to)]
  return entries
    .filter((leaf) => opensAt(leaf, settings) <= tx.now.epochMilliseconds)
    .map((entry) => openingOf(entry, Object.values(entry.cases).some((pseudonym) => held.has(pseudonym))))
}

/** When a leaf is due for opening, in milliseconds since 1970 UTC; Infinity for a sealed one. */
export function opensAt({ index, at_ms: at, stream }: Leaf, settings: readonly SettingFrom[]): number {
  if (stream === 'ledger') return at
  const setting = settings.findLast((one) => one.stream === stream && one.from < index)
  if (!setting || setting.opens === 'sealed') return Infinity
  return setting.opens === 'at-once' ? at : at + setting.delayDays * 86_400_000
}

/** Every opening of a range whatever its stream, for an auditor's file. Facts come along only where they are open. */
export async function auditorOpenings(tx: Tx, from: number, to: number): Promise<Opening[]> {
  return (await readEntries(tx, from, to)).map((entry) => openingOf(entry, false))
}

function openingOf(entry: SequencedEntry, held: boolean): Opening {
  const { index, kind, cases, marks } = entry
  const { salt1, salt3 } = saltsOf(entry)
  const head = { index, kind, cases, salt1, ...(held ? { held: marksMac({ marks, salt3 }) } : { marks, salt3 }) }
  if (entry.key_id !== null) return head
  const { facts, salt2 } = parseFactsBox(entry.facts)
  return { ...head, facts, salt2: Buffer.from(salt2, 'base64') }
}

const readEntries = (tx: Tx, from: number, to: number): Promise<SequencedEntry[]> => sequenced(tx)
  .select(['index', 'at_ms', ...committedColumns, 'facts'])
  .where('index', '>=', from).where('index', '<', to).orderBy('index').execute()

async function heldCases(tx: Tx): Promise<Set<string>> {
  const rows = await tx.db.selectFrom('held_cases').select('pseudonym').where('released_at', 'is', null).execute()
  return new Set(rows.map(({ pseudonym }) => pseudonym))
}
