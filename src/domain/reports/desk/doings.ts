import { sql } from 'kysely'
import { namesOf } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import { holdersOf } from '../../../access/memberships.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { onEntry } from '../../../ledger/index.ts'
import { tellAccounts } from '../letters.ts'
import { peopleOf } from '../people.ts'
import { happenedInWords, wordsOfEntry } from './doing-words.ts'
import { readUpTo } from './reads.ts'
import { tellDesk } from './tell-desk.ts'
import type { LinkKind } from './tables.ts'

/** How what was done is taken back. Nothing of what was written stands here in clear. */
export type Undo =
  | { readonly assignee: string | null }
  | { readonly tag: string; readonly had: boolean }
  | { readonly watched: boolean }
  | { readonly link: { readonly from: string; readonly to: string; readonly kind: LinkKind }; readonly had: boolean }
  | { readonly draft: 'message' | 'note'; readonly box: string }

export interface Doing {
  readonly what: string
  readonly undo?: Undo
  /** What was done to many at once, and is taken back at once. */
  readonly batch?: string
  /** Who hears of it in another way. */
  readonly told?: readonly string[]
}

const accountOf = (actor: Actor | undefined) => actor?.kind === 'member' ? actor.accountId : null

/** Somebody did something to a case: others have something new to read, whoever watches it gets a letter, and open pages look again. */
export async function noteDoing(tx: Tx, actor: Actor | undefined, reportId: string, { what, undo, batch, told = [] }: Doing): Promise<void> {
  const [id, account] = [tx.newId(), accountOf(actor)]
  await tx.db.insertInto('report_doings').values({
    organization_id: tx.organizationId, id, report_id: reportId, account_id: account, what, batch_id: batch ?? id, undo: undo ?? null, at: timestampOf(tx.now),
  }).execute()
  await tx.db.updateTable('reports').set({ happened_at: timestampOf(tx.now) }).where('id', '=', reportId).execute()
  if (account) await readUpTo(tx, account, reportId)
  await tellWatchers(tx, reportId, what, [...told, ...account ? [account] : []])
  await tellDesk(tx)
}

/** A letter without content to whoever watches, and may still see it. */
async function tellWatchers(tx: Tx, reportId: string, what: string, but: readonly string[]): Promise<void> {
  const watchers = await tx.db.selectFrom('report_watchers').innerJoin('reports', 'reports.id', 'report_watchers.report_id')
    .select(['account_id', 'reports.id', 'reference', 'restricted_at']).where('report_id', '=', reportId).execute()
  const [report] = watchers
  if (!report) return
  const see = new Set(report.restricted_at ? await peopleOf(tx, reportId) : await holdersOf(tx, 'reports.read'))
  const accounts = watchers.map(({ account_id: account }) => account).filter((account) => see.has(account) && !but.includes(account))
  if (accounts.length > 0) await tellAccounts(tx, accounts, report, happenedInWords(what))
}

/** What an entry says is a doing too. What is closed as spam by the hundred is gone from the desk, and no news in each. */
onEntry(Object.keys(wordsOfEntry), async (tx, { kind, subjects, marks }) => {
  if (subjects.report !== undefined && marks.reason !== 'spam') await noteDoing(tx, tx.actor, subjects.report, { what: kind })
})

export interface DoingLine {
  readonly who: string
  readonly own: boolean
  readonly what: string
  readonly at: Date
  readonly batch: string
  readonly undoable: boolean
}

export const UNDO_MINUTES = 15

/** What was done lately, the newest first. */
export async function doingsOf(tx: Tx, actor: Actor, reportId: string, most = 12): Promise<DoingLine[]> {
  const rows = await tx.db.selectFrom('report_doings').select(['account_id', 'what', 'at', 'batch_id', 'undo']).where('report_id', '=', reportId)
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(most).execute()
  const nameOf = await namesOf(tx, rows.flatMap(({ account_id: account }) => account ?? []))
  const since = tx.now.subtract({ minutes: UNDO_MINUTES }).epochMilliseconds
  return rows.map(({ account_id: account, what, at, batch_id: batch, undo }) => {
    const own = account !== null && account === accountOf(actor)
    return { who: account ? nameOf(account) : 'Somebody outside the team', own, what, at, batch, undoable: own && undo !== null && at.getTime() > since }
  })
}

/** What the actor did last and can still take back: how many cases it touched, and what it was. */
export async function lastUndoable(tx: Tx, actor: Actor): Promise<{ batch: string; what: string; cases: number } | null> {
  const account = accountOf(actor)
  if (!account) return null
  const row = await tx.db.selectFrom('report_doings').select(['batch_id', 'what', sql<string>`count(*) over (partition by batch_id)`.as('cases')])
    .where('account_id', '=', account).where('undo', 'is not', null).where('at', '>', timestampOf(tx.now.subtract({ minutes: UNDO_MINUTES })))
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row ? { batch: row.batch_id, what: row.what, cases: Number(row.cases) } : null
}
