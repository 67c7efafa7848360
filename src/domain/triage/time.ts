import { z } from 'zod'
import { sql } from 'kysely'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { query, verb } from '../../verbs/verb.ts'
import { getReport, Minutes, noteTime, ReportId, reportLines } from '../reports/index.ts'

export const spendTime = verb({
  name: 'report.spend-time', summary: 'Note the minutes that you spent on a report.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, minutes: Minutes.gt(0, 'Enter a number of minutes.').describe('Minutes') }),
  async run({ tx, actor }, { report, minutes }) {
    await getReport(tx, actor, report)
    await noteTime(tx, actor, [report], minutes)
    return { report }
  },
})

interface Line { readonly of: string; readonly reports: number; readonly minutes: number }
interface CaseLine { readonly of: string; readonly report: string; readonly title: string | null; readonly minutes: number }

/** What a year of reports cost, and what a part of it was spam: by month, by class, by what became of them, by report and by sender. */
export const readCost = query({
  name: 'gates.cost', summary: 'What reports cost within a year: by month, by class, by outcome, by report and by sender.', may: 'reports.triage',
  input: z.object({}),
  async run({ tx, actor }) {
    const [months, classes, outcomes, cases, senders] = await Promise.all([
      lines(tx, sql`to_char(received_at, 'YYYY-MM')`, sql`of desc`), lines(tx, sql`queue`, sql`minutes desc`),
      lines(tx, sql`coalesce(closed_because, case when accepted_at is not null then 'accepted' else 'open' end)`, sql`minutes desc`), byCase(tx, actor),
      bySender(tx),
    ])
    return { months, classes, outcomes, cases, senders }
  },
})

/** Deposits that are not open yet are counted by nobody. */
const lines = async (tx: Tx, of: ReturnType<typeof sql>,
  order: ReturnType<typeof sql>): Promise<(Line & { spam: number })[]> => (await sql<Line & { spam: number }>`
  select ${of} as of, count(*)::int as reports, count(spam.report_id)::int as spam, coalesce(sum(spent.minutes), 0)::float8 as minutes
  from reports left join spam_closures spam on spam.report_id = reports.id
  left join (select report_id, sum(minutes) as minutes from time_spent group by report_id) spent on spent.report_id = reports.id
  where received_at > ${tx.now}::timestamptz - interval '1 year' and opens_at is null
  group by 1 order by ${order}`.execute(tx.db)).rows

/** The reports that cost most, of those that the actor may see. Seconds of what was closed by the hundred are not told one by one. */
async function byCase(tx: Tx, actor: Actor): Promise<CaseLine[]> {
  const { rows } = await sql<{ id: string; minutes: number }>`
    select reports.id, sum(minutes)::float8 as minutes from reports join time_spent on time_spent.report_id = reports.id
    where received_at > ${tx.now}::timestamptz - interval '1 year' and opens_at is null
    group by reports.id having sum(minutes) >= 1 order by 2 desc, 1 limit 50`.execute(tx.db)
  const seen = new Map((await reportLines(tx, actor, rows.map(({ id }) => id))).map((line) => [line.id, line]))
  return rows.flatMap(({ id, minutes }) => {
    const line = seen.get(id)
    return line ? [{ of: line.reference, report: id, title: line.title, minutes }] : []
  }).slice(0, 20)
}

/** Senders by what their reports cost, each under the number of their newest report: the page names nobody. */
const bySender = async (tx: Tx): Promise<Line[]> => (await sql<Line>`
  select (array_agg(reference order by received_at desc))[1] as of, count(*)::int as reports, sum(spent.minutes)::float8 as minutes
  from (select distinct on (report_id) report_id, hash from report_senders where kind <> 'network' order by report_id, array_position(
    array['account', 'mail', 'voucher', 'key', 'address'], kind)) sender
  join reports on reports.id = sender.report_id
  join (select report_id, sum(minutes) as minutes from time_spent group by report_id) spent on spent.report_id = reports.id
  where received_at > ${tx.now}::timestamptz - interval '1 year' and restricted_at is null and opens_at is null
  group by sender.hash order by minutes desc limit 20`.execute(tx.db)).rows
