import { sql } from 'kysely'
import { namesOf } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import { dutyWords } from '../../../commitments/index.ts'
import type { Tx } from '../../../db/tx.ts'
import { queues, type Queue } from '../../gates/index.ts'
import { listed, visible, type ListedReport } from '../find.ts'
import { linesOf, type ReportLine } from '../list-reports.ts'
import { isOpen } from '../report.ts'
import { conditions, isOpenState, type Filter } from './filter.ts'

/** A line of the team's list: what breaks next, whose it is, and whether there is something to read. */
export interface InboxLine extends ReportLine {
  /** Null where nothing has a date: all is done, or its clocks stand still. */
  due_at: string | null
  /** What is owed next, in words; '' where nothing is. */
  due: string
  late: boolean
  assignee: { id: string; name: string } | null
  tags: readonly string[]
  unread: boolean
  /** Somebody named you in a note that you have not read. */
  mentioned: boolean
  /** The last mail to its reporter did not arrive. */
  undelivered: boolean
}

interface Listed extends ListedReport {
  due_at: Date | number
  due_kinds: string[]
  assignee_id: string | null
  tags: string[]
  unread: boolean
  mentioned: boolean
  undelivered: boolean
}

/** What this member has not read; nobody else reads here. */
const marks = (actor: Actor) => {
  const account = actor.kind === 'member' ? actor.accountId : null
  return [
    sql<string[]>`array(select tag from avow.report_tags where report_id = reports.id order by tag)`.as('tags'),
    sql<boolean>`${account}::uuid is not null and coalesce(own.read_at < reports.happened_at, true)`.as('unread'),
    sql<boolean>`own.mentioned_at is not null`.as('mentioned'),
    sql<boolean>`coalesce((select state = 'undeliverable' or outcome = 'failed' from avow.mails
      where organization_id = reports.organization_id and thread_id = reports.id and thread_with = 'reporter'
      order by created_at desc limit 1), false)`.as('undelivered'),
  ] as const
}

const inboxRows = (tx: Tx, actor: Actor) =>
  visible(tx, actor)
    .leftJoin('report_reads as own', (join) => join.onRef('own.report_id', '=', 'reports.id')
      .on('own.account_id', '=', actor.kind === 'member' ? actor.accountId : null))
    .select(listed.map((name) => `reports.${name}` as const)).select(['due_at', 'due_kinds', 'assignee_id']).select(marks(actor))

/** What is done has nothing that breaks next. */
export const isByDue = ({ state }: Pick<Filter, 'state'>): boolean => !['done', 'all', 'resolved', 'closed', 'disclosed'].includes(state)

/**
 * A page of the inbox. What is open comes by what breaks next, late first, and what has no date after it, the oldest first; all else the newest
 * first. `after`: the id of the last report of the page before.
 */
export async function listInbox(tx: Tx, actor: Actor, filter: Filter, page: { after?: string | undefined; limit: number }): Promise<Listed[]> {
  const byDue = isByDue(filter)
  const order = byDue ? sql`(reports.due_at, reports.received_at, reports.id)` : sql`(reports.received_at, reports.id)`
  const last = byDue ? sql`(select due_at, received_at, id from avow.reports where id = ${page.after})`
    : sql`(select received_at, id from avow.reports where id = ${page.after})`
  const beyond = byDue ? sql<boolean>`${order} > ${last}` : sql<boolean>`${order} < ${last}`
  let rows = inboxRows(tx, actor).where(conditions(tx, actor, filter) as never).limit(sql.lit(page.limit))
  if (page.after) rows = rows.where(beyond)
  rows = byDue ? rows.orderBy('reports.due_at').orderBy('reports.received_at').orderBy('reports.id')
    : rows.orderBy('reports.received_at', 'desc').orderBy('reports.id', 'desc')
  return await rows.execute() as unknown as Listed[]
}

/** Those of the ids that the actor may see, in the order of the ids. */
export async function inboxByIds(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Listed[]> {
  if (ids.length === 0) return []
  const rows = await inboxRows(tx, actor).where(sql<boolean>`reports.id = any(${ids}::uuid[])`).execute() as unknown as Listed[]
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

export async function inboxLines(tx: Tx, rows: readonly Listed[]): Promise<InboxLine[]> {
  const [lines, nameOf] = await Promise.all([linesOf(tx, rows), namesOf(tx, rows.flatMap(({ assignee_id: id }) => id ?? []))])
  return lines.map((line, i) => {
    const { due_at: due, due_kinds: kinds, assignee_id: assignee, tags, unread, mentioned, undelivered } = rows[i]!
    const dueAt = isOpen(line.state) && due instanceof Date ? due : null
    return {
      ...line, tags, unread, mentioned, undelivered,
      due_at: dueAt?.toISOString() ?? null, due: isOpen(line.state) && kinds.length > 0 ? dutyWords(kinds) : '',
      late: dueAt !== null && dueAt.getTime() < tx.now.epochMilliseconds,
      assignee: assignee ? { id: assignee, name: nameOf(assignee) } : null,
    }
  })
}

export interface Counts { readonly open: number; readonly byQueue: Readonly<Record<Queue, number>>; readonly mine: number; readonly late: number }

/** How far is counted: what there is as a whole, and for each tab, so that a desk that is flooded opens as fast as any other. */
export const COUNTED = { whole: 1000, tab: 100 } as const

/**
 * How much is open, each counted no further than it is told: the desk says “99+” beyond. One statement for all, and one plan for good: limits are
 * written out and values come by a subquery, since with any that the planner could weigh it would plan anew each time, which takes longer than to count.
 */
export async function countInbox(tx: Tx, actor: Actor): Promise<Counts> {
  const open = visible(tx, actor).select('reports.id').where(isOpenState as never)
  const counted = (of: typeof open, most: number) => sql`(select count(*) from (${of.limit(sql.lit(most))}) as counted)`
  const account = actor.kind === 'member' ? actor.accountId : null
  const { rows: [row] } = await sql<Omit<Counts, 'byQueue'> & { by_queue: number[] }>`
    select ${counted(open, COUNTED.whole)} as open,
      ${counted(open.where('due_at', '<', sql<Date>`(select ${tx.now}::timestamptz)`), COUNTED.whole)} as late,
      ${counted(open.where('assignee_id', '=', sql<string>`(select ${account}::uuid)`), COUNTED.tab)} as mine,
      array(select ${counted(open.where('queue', '=', sql.ref<Queue>('class')), COUNTED.tab)}
        from unnest(array[${sql.join(queues.map((queue) => sql.lit(queue)))}]) with ordinality as classes (class, place)
        order by place) as by_queue`.execute(tx.db)
  const { by_queue: byQueue, ...rest } = row!
  return { ...rest, byQueue: Object.fromEntries(queues.map((queue, i) => [queue, Number(byQueue[i])])) as Record<Queue, number> }
}
