import { z } from 'zod'
import { openJson } from '../../seal/envelope.ts'
import { query } from '../../verbs/verb.ts'
import { getReport, ReportId, reportLines, unlessErased } from '../reports/index.ts'
import { factsContext } from './check-report.ts'
import type { Group } from './fact.ts'
import { glanceAt } from './glance.ts'
import { alikeTo, atSamePlace } from './near.ts'

/** What was found about a report, and which others are like it as of now, as far as the reader may see them. */
export const readFacts = query({
  name: 'report.facts', summary: 'What machines found about a report: what was checked, against what, and how sure it is.', may: 'reports.read',
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }) {
    const report = await getReport(tx, actor, id)
    const row = await tx.db.selectFrom('report_facts').select(['box', 'checked_at']).where('report_id', '=', id).executeTakeFirst()
    const groups = row ? await unlessErased(openJson<Group[]>(tx, report.content_key_id, factsContext(id), row.box)) : null
    if (!row || !groups) return { checked_at: null, glance: [], groups: [], alike: [], same_place: [] }
    const [alike, places] = [await alikeTo(tx, id), await atSamePlace(tx, id)]
    const lines = await reportLines(tx, actor, [...alike.map((one) => one.report), ...places])
    const lineOf = new Map(lines.map((line) => [line.id, line]))
    const seen = (one: string) => { const line = lineOf.get(one); return line ? [line] : [] }
    return {
      checked_at: row.checked_at.toISOString(), glance: glanceAt(groups), groups,
      alike: alike.flatMap(({ report: other, share }) => seen(other).map((line) => ({ ...line, share }))),
      same_place: places.flatMap(seen),
    }
  },
})
