import { canonicalBytes, equal, leafHash, sealMac } from 'avow-verify'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { Erased, loadKeys } from '../seal/envelope.ts'
import { checkCheckpoints } from './check-checkpoints.ts'
import { committedColumns, parseFactsBox, type Committed } from './entry.ts'
import { openFacts } from './facts.ts'
import { RecomputedTree } from './recomputed-tree.ts'
import { leafOf } from './sequence.ts'
import type { EntryRow, LeafRow } from './tables.ts'

export interface LedgerReport {
  readonly size: number
  /** Entries whose facts were erased: their seals cannot be recomputed, all else can. */
  readonly erased: number
  /** A sentence each. Empty: everything is as it was signed. */
  readonly problems: readonly string[]
}

/** Recomputes the whole ledger of an organisation from what is stored, trusting no column that another one can prove. */
export async function checkLedger(database: Database, organizationId: string): Promise<LedgerReport> {
  return database.read(organizationId, async (tx) => {
    const problems: string[] = []
    const sizes = (await tx.db.selectFrom('checkpoints').select('size').orderBy('size').execute()).map(({ size }) => size)
    const tree = new RecomputedTree(sizes)
    const erased = await checkLeaves(tx, tree, problems)
    await checkTiles(tx, tree, problems)
    await checkCheckpoints(tx, tree, problems)
    await checkPending(tx, problems)
    return { size: tree.size, erased, problems }
  })
}

type StoredLeaf = Pick<LeafRow, 'index' | 'at_ms' | 'leaf' | 'hash'> & Committed & Pick<EntryRow, 'facts'>

/** Answers how many entries were erased. */
async function checkLeaves(tx: Tx, tree: RecomputedTree, problems: string[]): Promise<number> {
  let [at, erased] = [0, 0]
  for (let page = await readLeaves(tx, 0); page.length > 0; page = await readLeaves(tx, page.at(-1)!.index + 1)) {
    await loadKeys(tx, page.flatMap(({ key_id: key }) => key ?? []))
    for (const stored of page) {
      if (stored.index !== tree.size) problems.push(`entry ${tree.size} is missing`)
      if (stored.at_ms < at) problems.push(`entry ${stored.index} is older than the one before it`)
      at = stored.at_ms
      tree.add(stored.leaf, at)
      if (!stored.id) { problems.push(`entry ${stored.index} has a leaf and no row`); continue }
      if (!equal(leafOf(stored, stored.at_ms), stored.leaf)) problems.push(`entry ${stored.index} is not what its leaf commits to`)
      if (!equal(leafHash(stored.leaf), stored.hash)) problems.push(`the hash of entry ${stored.index} is not its leaf’s`)
      const facts = await judgeFacts(tx, stored)
      if (facts === 'changed') problems.push(`the facts of entry ${stored.index} are not what its seal commits to`)
      if (facts === 'erased') erased += 1
    }
  }
  return erased
}

const readLeaves = (tx: Tx, from: number): Promise<StoredLeaf[]> => tx.db.selectFrom('leaves')
  .leftJoin('entries', (join) => join.onRef('entries.organization_id', '=', 'leaves.organization_id').onRef('entries.id', '=', 'leaves.entry_id'))
  .select(['index', 'at_ms', 'leaf', 'hash', 'facts', ...committedColumns]).where('index', '>=', from).orderBy('index').limit(1000)
  .execute() as Promise<StoredLeaf[]>

async function judgeFacts(tx: Tx, entry: StoredLeaf): Promise<'whole' | 'erased' | 'changed'> {
  try {
    const plain = await openFacts(tx, entry)
    const box = parseFactsBox(plain)
    const whole = equal(sealMac(Buffer.from(box.salt2, 'base64'), box.facts), entry.seal) && equal(canonicalBytes(box), plain)
    return whole ? 'whole' : 'changed'
  } catch (error) {
    // Whatever else keeps a box from opening is a change too: a broken seal, a key that is not there, text that is no JSON.
    return error instanceof Erased ? 'erased' : 'changed'
  }
}

async function checkTiles(tx: Tx, tree: RecomputedTree, problems: string[]): Promise<void> {
  const tiles = await tx.db.selectFrom('tiles').select(['level', 'index', 'hashes', 'root']).execute()
  if (tiles.length !== tree.fullTiles) problems.push(`there are ${tiles.length} full tiles where ${tree.fullTiles} are due`)
  for (const tile of tiles) if (!tree.fits(tile)) problems.push(`tile ${tile.level}/${tile.index} is not what the leaves give`)
}

/** Every entry either waits or has its place. */
async function checkPending(tx: Tx, problems: string[]): Promise<void> {
  const lost = await tx.db.selectFrom('entries').select('entries.id')
    .leftJoin('pending', (join) => join.onRef('pending.organization_id', '=', 'entries.organization_id').onRef('pending.entry_id', '=', 'entries.id'))
    .leftJoin('leaves', (join) => join.onRef('leaves.organization_id', '=', 'entries.organization_id').onRef('leaves.entry_id', '=', 'entries.id'))
    .where(({ eb, or, and }) => or([
      and([eb('pending.seq', 'is', null), eb('leaves.index', 'is', null)]),
      and([eb('pending.seq', 'is not', null), eb('leaves.index', 'is not', null)]),
    ])).limit(20).execute()
  for (const { id } of lost) problems.push(`entry ${id} neither waits nor has its place, or both`)
}
