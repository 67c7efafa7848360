import { z } from 'zod'
import { contentFor, receiptFor } from '../../ledger/index.ts'
import { query } from '../../verbs/verb.ts'
import { getReport } from './find.ts'
import { ReportId } from './step.ts'

/** The two files that prove a report without us. The receipt is there as soon as the entry has its place, a second after the report came. */
export const readReceipt = query({
  name: 'report.receipt', summary: 'Fetch the receipt of your own report, and the content file that goes with it.', may: 'reports.follow',
  input: z.object({ report: ReportId }),
  output: z.object({
    reference: z.string(),
    receipt: z.string().nullable().describe('A tlog-proof, to be kept as REFERENCE.tlog-proof; null for a moment after the report came'),
    content: z.string().describe('What the receipt commits to, to be kept byte for byte as REFERENCE.json'),
  }),
  async run({ tx, actor }, { report: id }) {
    const report = await getReport(tx, actor, id)
    return {
      reference: report.reference, receipt: await receiptFor(tx, report.received_entry_id) ?? null,
      content: await contentFor(tx, report.received_entry_id),
    }
  },
})
