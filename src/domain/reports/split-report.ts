import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, factsOf } from '../../ledger/index.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { sendersKept } from '../gates/index.ts'
import { setLink } from './desk/links.ts'
import { findAsset, lockReport, type Report } from './find.ts'
import { reportSplit, type ReportedFacts } from './kinds.ts'
import { keepFor } from './kept.ts'
import { peopleOf } from './people.ts'
import { restrictTo } from './restrict-report.ts'
import { identityOf, tellReporter, type Identity } from './letters.ts'
import { byWhom, insertMessage } from './message.ts'
import { arrivals, receiveReport, type Received, type Way } from './receive-report.ts'
import { ReportId } from './step.ts'
import { ReportInput } from './submit-report.ts'

const Part = ReportInput.pick({
  title: true, description: true, version: true, weakness: true, endpoint: true, parameter: true, steps: true, proof_of_concept: true, impact: true,
})

/**
 * One weakness a report: each part becomes a report of the same reporter, by the channel and under the policy of the first, with an entry and a receipt
 * of its own. The first stays as it was reported, with its files. Of a restricted one the same people see the parts, and nobody else.
 */
export const splitReport = verb({
  name: 'report.split', summary: 'Split a report that holds several weaknesses: each part becomes a report of its own, of the same reporter.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, parts: z.array(Part).min(1, 'Say what is split off.').max(10, 'At most ten at once.')
    .describe('What each new report says') }),
  output: z.object({ reports: z.array(z.object({ report: z.uuid(), reference: z.string() })) }),
  entries: [...arrivals, 'report.split', 'report.restricted', 'report.person-added'],
  async run(work, { report: id, parts }) {
    const { tx, actor } = work
    const report = await lockReport(tx, actor, id)
    const origin = await originOf(tx, report)
    const made: Received[] = []
    for (const part of parts) made.push(await splitOff(work, origin, part))
    await append(tx, reportSplit, {
      subjects: { report: id }, marks: { by: byWhom(actor) }, facts: { into: made.map(({ reference }) => reference) }, keyId: report.content_key_id,
    })
    await insertMessage(tx, report, actor, 'team', wordsTo(made, parts))
    await tellReporter(tx, report, 'it was split into several reports')
    return { reports: made.map(({ report: one, reference }) => ({ report: one, reference })) }
  },
})

interface Origin { report: Report; root: string; asset: string; identity: Identity | null; people: readonly string[]; way: Way }

async function originOf(tx: Tx, report: Report): Promise<Origin> {
  const { policy } = await factsOf<ReportedFacts>(tx, report.received_entry_id)
  const { policy_version_id: id, asset_id: asset, channel, reference } = report
  const judgedBy = policy && id ? { id, slug: policy.slug, version: policy.version, text_sha256: policy.sha256 } : null
  return {
    report, root: await rootOf(tx, report.id), asset: asset && await findAsset(tx, asset) ? asset : '', identity: await identityOf(tx, report),
    people: await peopleOf(tx, report.id),
    way: { channel, splitFrom: { reference, policy: judgedBy, senders: await sendersKept(tx, report.id), restricted: report.restricted_at !== null } },
  }
}

async function splitOff(work: Work, { report, root, asset, identity, people, way }: Origin, part: z.output<typeof Part>): Promise<Received> {
  const { tx, actor } = work
  const made = await receiveReport(work, {
    ...part, asset, tools: [], attachments: [], skipped: '', good_faith: true,
    name: identity?.name ?? '', email: identity?.email ?? '', claim_key: identity?.claimKey ?? '',
  }, way)
  await tx.db.insertInto('split_reports')
    .values({ organization_id: tx.organizationId, report_id: made.report, from_report_id: root, split_at: timestampOf(tx.now) }).execute()
  if (report.restricted_at) await restrictTo(work, made.report, people)
  await setLink(tx, actor, { from: made.report, to: report.id, kind: 'split from' }, true)
  const keepers = await tx.db.selectFrom('kept_reports').select('account_id').where('report_id', '=', report.id).execute()
  for (const { account_id: account } of keepers) await keepFor(tx, account, made.report)
  return made
}

const wordsTo = (made: readonly Received[], parts: readonly { title: string }[]) => [
  'Your report holds more than one weakness. So that each can be judged and fixed by itself, we have made further reports of it, in your name:', '',
  ...made.map(({ reference }, i) => `${reference}: ${parts[i]!.title}`), '',
  'Each has a receipt of its own. You open them from this page. What you reported here stays as it is.',
].join('\n')

/** The report that was sent: whoever follows it may open all that was split off from it. */
async function rootOf(tx: Tx, id: string): Promise<string> {
  const row = await tx.db.selectFrom('split_reports').select('from_report_id').where('report_id', '=', id).executeTakeFirst()
  return row?.from_report_id ?? id
}

/** All reports of the family but this one, as its reporter sees them; the one that was sent first. */
export async function splitFamily(tx: Tx, id: string): Promise<{ id: string; reference: string; sent: boolean }[]> {
  const root = await rootOf(tx, id)
  const rows = await tx.db.selectFrom('reports').select(['id', 'reference']).orderBy('received_at').orderBy('id')
    .where((is) => is.or([is('id', '=', root),
      is('id', 'in', is.selectFrom('split_reports').select('report_id').where('from_report_id', '=', root))])).execute()
  return rows.filter((row) => row.id !== id).map((row) => ({ ...row, sent: row.id === root })).sort((a, b) => Number(b.sent) - Number(a.sent))
}
