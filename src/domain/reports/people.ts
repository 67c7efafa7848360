import { sql } from 'kysely'
import { identityOf, sealedIdentity } from '../../access/accounts.ts'
import { holdersOf, standInsFor } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import './tables.ts'

/** Who was added, and still is of the team since then. */
export async function peopleOf(tx: Tx, reportId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('report_people').innerJoin('memberships', 'memberships.account_id', 'report_people.account_id')
    .select('report_people.account_id').where('report_id', '=', reportId).where('ended_at', 'is', null)
    .whereRef('added_at', '>=', 'joined_at').orderBy('added_at').execute()
  return rows.map(({ account_id }) => account_id)
}

export interface Colleague { readonly id: string; readonly name: string }

/** Who sees a restricted report, and who could be added: those of the team whose roles read reports. */
export async function colleaguesFor(tx: Tx, reportId: string): Promise<{ added: Colleague[]; others: Colleague[] }> {
  const [added, readers] = [await peopleOf(tx, reportId), await holdersOf(tx, 'reports.read')]
  if (added.length + readers.length === 0) return { added: [], others: [] }
  const accounts = await tx.db.selectFrom('accounts').select(sealedIdentity).where(sql<boolean>`id = any (${[...added, ...readers]}::uuid[])`).execute()
  const named = await Promise.all(accounts.map(async (account) => ({ id: account.id, name: (await identityOf(tx.keyring, account)).name })))
  return { added: named.filter(({ id }) => added.includes(id)), others: named.filter(({ id }) => !added.includes(id)) }
}

interface Kept { id: string; reference: string; accounts: readonly string[] }

/**
 * Who looks after each of these reports: whoever it is assigned to, and their stand-in; else of a restricted one those who were added, and of every
 * other one whoever triages. Somebody who may not see it any more does not look after it.
 */
export async function keepersOf(tx: Tx, reportIds: readonly string[]): Promise<Map<string, Kept>> {
  if (reportIds.length === 0) return new Map()
  const rows = await tx.db.selectFrom('reports').select(['id', 'reference', 'restricted_at', 'assignee_id'])
    .where(sql<boolean>`id = any(${reportIds}::uuid[])`).execute()
  const triagers = await holdersOf(tx, 'reports.triage')
  const kept = await Promise.all(rows.map(async ({ id, reference, restricted_at: restricted, assignee_id: assignee }) => {
    const all = restricted ? await peopleOf(tx, id) : triagers
    const isKept = assignee !== null && triagers.includes(assignee) && all.includes(assignee)
    return [id, { id, reference, accounts: isKept ? [assignee, ...await standInsFor(tx, [assignee])] : all }] as const
  }))
  return new Map(kept)
}
