import { sql } from 'kysely'
import type { Duty } from 'avow-verify'
import { z } from 'zod'
import { withEngine } from '../../../commitments/index.ts'
import type { Database } from '../../../db/database.ts'
import type { Tx } from '../../../db/tx.ts'
import { job } from '../../../jobs/index.ts'
import { subjectsOf } from '../../../ledger/index.ts'
import { tellDesk } from './tell-desk.ts'

interface Next { readonly dueAt: number; readonly kinds: readonly string[] }

/** What each report is owed next, by the report's pseudonym. Where every clock stands still, the kinds alone. */
export function nextOf(duties: readonly Duty[]): Map<string, Next> {
  const next = new Map<string, Next>()
  for (const { cases: { report }, due_at: dueAt = Infinity, what } of duties) {
    if (report !== undefined && dueAt < (next.get(report)?.dueAt ?? Infinity)) next.set(report, { dueAt, kinds: what })
    else if (report !== undefined && !next.has(report)) next.set(report, { dueAt, kinds: what })
  }
  return next
}

/**
 * Writes beside each report what it is owed next, so that the inbox is ordered by an index. The engine alone knows it; this is its word of a
 * moment ago, and nothing but the order and the column depend on it. Answers how many reports were moved. One process at a time.
 */
export async function orderByDuties(tx: Tx): Promise<number> {
  const { rows: [lock] } = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended('due-order ' || ${tx.organizationId}, 0)) as ours`.execute(tx.db)
  if (!lock!.ours) return 0
  const next = await withEngine(tx, ({ engine }) => nextOf(engine.duties()))
  const subjects = await subjectsOf(tx, [...next.keys()])
  const byReport = new Map([...next].flatMap(([pseudonym, owed]) => subjects.has(pseudonym) ? [[subjects.get(pseudonym)!, owed] as const] : []))
  const changed = await outOfPlace(tx, byReport)
  if (changed.length === 0) return 0
  await sql`
    update avow.reports set due_at = c.due, due_kinds = string_to_array(c.kinds, ' ')
    from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ due }) => due)}::timestamptz[], ${changed.map(({ kinds }) => kinds)}::text[])
      as c (id, due, kinds) where reports.id = c.id`.execute(tx.db)
  await tellDesk(tx)
  return changed.length
}

interface Place { readonly id: string; readonly due: string; readonly kinds: string }

async function outOfPlace(tx: Tx, next: ReadonlyMap<string, Next>): Promise<Place[]> {
  const placed = await tx.db.selectFrom('reports').select(['id', 'due_at', 'due_kinds'])
    .where((is) => is.or([is('due_at', '<', sql<Date>`'infinity'`), is('due_kinds', '<>', sql<string[]>`'{}'`)])).execute()
  const before = new Map(placed.map(({ id, due_at: dueAt, due_kinds: kinds }) => [id, `${Number(dueAt)} ${kinds.join(' ')}`]))
  const due = (at: number) => Number.isFinite(at) ? new Date(at).toISOString() : 'infinity'
  const moved = [...next].filter(([id, { dueAt, kinds }]) => before.get(id) !== `${dueAt} ${kinds.join(' ')}`)
    .map(([id, { dueAt, kinds }]) => ({ id, due: due(dueAt), kinds: kinds.join(' ') }))
  return [...moved, ...placed.filter(({ id }) => !next.has(id)).map(({ id }) => ({ id, due: 'infinity', kinds: '' }))]
}

/** The engine of a large organisation takes a while to ask: it is asked again only after ten times as long. In a flood once a second is often enough. */
const SHARE = 10
const LEAST_MS = 1000

/** Keeps the order of every organisation as its ledger grows. */
export async function followDuties(database: Database, onError: (error: Error) => void): Promise<() => Promise<void>> {
  const waiting = new Set<string>()
  const restAfter = new Map<string, number>()
  const order = async (id: string) => {
    waiting.delete(id)
    const begun = performance.now()
    await database.write(id, orderByDuties).catch(onError)
    restAfter.set(id, (performance.now() - begun) * SHARE)
  }
  return database.listen('avow_sequenced', (id) => {
    if (id === '' || waiting.has(id)) return
    waiting.add(id)
    setTimeout(() => void order(id), Math.max(LEAST_MS, restAfter.get(id) ?? 0)).unref()
  })
}

/** Some promises come due by the passing of time alone. */
export const dueOrderJob = job({
  name: 'reports.order-by-duties', payload: z.object({}), every: '*/5 * * * *',
  async run({ database, organizationId }) { await database.write(organizationId, orderByDuties) },
})
