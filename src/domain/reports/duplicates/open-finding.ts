import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import { refuseIf } from '../../../lib/errors.ts'
import { verb } from '../../../verbs/verb.ts'
import { lockReport } from '../find.ts'
import { tellReporter } from '../letters.ts'
import { ReportId } from '../step.ts'

/** A finding of our own has no publication that would open it, so somebody says when its reporter may read what we wrote down. */
export const openFinding = verb({
  name: 'report.open-original',
  summary: 'Show the reporter of a duplicate what the record says of the finding that came first.',
  may: 'reports.triage',
  input: z.object({ report: ReportId }),
  entries: [],
  async run({ tx, actor }, { report: id }) {
    const report = await lockReport(tx, actor, id)
    const { numUpdatedRows: opened } = await tx.db.updateTable('report_originals').set({ opened_at: timestampOf(tx.now) })
      .where('report_id', '=', report.id).where('original_report_id', 'is', null).where('opened_at', 'is', null).executeTakeFirst()
    refuseIf(opened === 0n || report.closed_because !== 'duplicate', 'nothing_to_open',
      'There is no finding to open. What a report says is opened when that report is published.')
    await tellReporter(tx, report, 'the record that came first is open to you')
    return { report: report.id }
  },
})
