import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import { z } from 'zod'
import { queues } from '../../gates/index.ts'
import type { Actor } from '../../../access/actor.ts'
import type { Tables } from '../../../db/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { channels, endStates, severities, states } from '../report.ts'

const yes = z.enum(['yes']).optional()

/** What the inbox can be narrowed down to. Its address says it by these names, so that every view is a link. */
export const filterFields = {
  state: z.enum(['open', 'done', 'all', ...states]).default('open').describe('Which ones'),
  queue: z.enum(queues).optional().describe('Only those of one class'),
  severity: z.enum(severities).optional().describe('Only those of this severity'),
  asset: z.uuid().optional().describe('Only those about one asset'),
  assignee: z.union([z.enum(['me', 'nobody']), z.uuid()]).optional().describe('Only those of `me`, `nobody`, or an account'),
  tag: z.string().max(32).optional().describe('Only those with this tag'),
  channel: z.enum(channels).optional().describe('Only those that came this way'),
  field: z.string().max(200).optional().describe('Only those with this value of a field: FIELD:VALUE'),
  waiting: yes.describe('Only those that wait for the reporter'),
  overdue: yes.describe('Only those to which something is owed since before now'),
  unread: yes.describe('Only those in which something happened that you have not read'),
  watched: yes.describe('Only those that you watch'),
}
export const Filter = z.object(filterFields)
export type Filter = z.output<typeof Filter>

type Is = ExpressionBuilder<Tables, 'reports'>

/** Written out, since a statement that is prepared finds the index of open reports by its words alone. */
export const isOpenState = (is: Is) => is('state', 'not in', endStates.map((state) => sql.lit(state)))

const me = (actor: Actor) => actor.kind === 'member' ? actor.accountId : null

/** The filter as conditions on `reports`; each is served by an index, or narrows what one has found. */
export function conditions(tx: Tx, actor: Actor, filter: Filter): (is: Is) => Expression<SqlBool> {
  const { state, queue, severity, asset, assignee, tag, channel, field, waiting, overdue, unread, watched } = filter
  return (is) => {
    const all: Expression<SqlBool>[] = []
    if (state === 'open') all.push(isOpenState(is))
    else if (state === 'done') all.push(is('state', 'in', endStates))
    else if (state !== 'all') all.push(is('state', '=', state))
    if (queue) all.push(is('queue', '=', queue))
    if (severity) all.push(is('severity', '=', severity))
    if (asset) all.push(is('asset_id', '=', asset))
    if (channel) all.push(is('channel', '=', channel))
    if (assignee) all.push(assignee === 'nobody' ? is('assignee_id', 'is', null) : is('assignee_id', '=', assignee === 'me' ? me(actor) : assignee))
    if (waiting) all.push(is('waiting_for_reporter', '=', true))
    if (overdue) all.push(is('due_at', '<', sql<Date>`${tx.now}`))
    if (tag) all.push(sql<SqlBool>`exists (select from avow.report_tags where report_id = reports.id and tag = ${tag})`)
    if (unread) all.push(sql<SqlBool>`not exists (${ownRow(actor)} and read_at >= reports.happened_at)`)
    if (watched) all.push(sql<SqlBool>`exists (select from avow.report_watchers where report_id = reports.id and account_id = ${me(actor)})`)
    if (field) all.push(ofField(field))
    return is.and(all)
  }
}

const ownRow = (actor: Actor) => sql`select from avow.report_reads where report_id = reports.id and account_id = ${me(actor)}`

function ofField(field: string): Expression<SqlBool> {
  const colon = field.indexOf(':')
  const [id, value] = [field.slice(0, colon), field.slice(colon + 1)]
  return sql<SqlBool>`exists (select from avow.case_field_values where report_id = reports.id and field_id::text = ${id} and value = ${value})`
}

/** The filter as the query of the inbox's address, in one order, without what goes without saying. */
export function queryOf(filter: Partial<Filter>): string {
  const said = Object.keys(filterFields).flatMap((name) => {
    const value = filter[name as keyof Filter]
    return value === undefined || (name === 'state' && value === 'open') ? [] : [[name, value]]
  })
  return new URLSearchParams(said).toString()
}

/** Reads an address's query; what it does not understand it leaves out. */
export function filterIn(asked: URLSearchParams): Filter {
  const fits = Object.entries(filterFields).flatMap(([name, field]) => {
    const { data, success } = field.safeParse(asked.get(name) || undefined)
    return success && data !== undefined ? [[name, data]] : []
  })
  return Filter.parse(Object.fromEntries(fits))
}
