import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import { classify, queues, type Signals } from '../gates/index.ts'
import { lockReport, ReportId, updateReport } from '../reports/index.ts'
import { byWhom } from '../reports/index.ts'

/** A person moves a report to another class, and there it stays, whatever is found later. */
export const moveToQueue = verb({
  name: 'report.move-to-queue', summary: 'Put a report into another class: proven, plausible, unproven or suspect.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, queue: z.enum(queues).describe('The class') }),
  async run({ tx, actor }, { report: id, queue }) {
    const report = await lockReport(tx, actor, id)
    await updateReport(tx, report, { queue, queue_reasons: ['by-hand'], queue_by: byWhom(actor) })
    return { report: id, queue }
  },
})

/** What each reason that was found on arrival said of the report: the facts of content come anew, those of the sender stay. */
const onArrival: Readonly<Record<string, Signals>> = {
  'doubtful-sender': { standing: 'doubtful' }, 'over-quota': { overQuota: true, standing: 'unknown' }, 'over-rate': { overRate: true },
  'over-network': { overNetwork: true, standing: 'unknown' }, 'no-effort': { effort: 'none', standing: 'unknown' },
  'known-sender': { standing: 'known' }, 'vouched-sender': { standing: 'vouched' }, 'own-team': { standing: 'trusted' },
  'no-evidence': { evidence: false }, evidence: { evidence: true }, 'replay-ok': { replay: 'ok' }, 'replay-failed': { replay: 'failed' },
  'expected-result': { expectedResult: true }, 'only-scanner': { onlyScanner: true }, 'cites-nothing': { citesNothing: true },
  'near-duplicate': { nearDuplicate: true },
}

/**
 * What was found about a report since it arrived (facts, a replay, a parser) raises or lowers its class. `signals` wins over what was known; what a
 * person has decided stays.
 */
export async function reclassify(tx: Tx, reportId: string, signals: Signals): Promise<void> {
  const report = await tx.db.selectFrom('reports').select(['id', 'queue_reasons', 'queue_by']).where('id', '=', reportId).forUpdate().executeTakeFirst()
  if (!report || report.queue_by === 'human') return
  const known = Object.assign({}, ...report.queue_reasons.map((reason) => onArrival[reason] ?? {})) as Signals
  const { queue, reasons } = classify({ ...known, ...signals })
  await tx.db.updateTable('reports').set({ queue, queue_reasons: reasons }).where('id', '=', reportId).execute()
}
