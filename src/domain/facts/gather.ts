import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { factsOf } from '../../ledger/index.ts'
import { listAttachments } from '../../seal/attachments.ts'
import { getReport, listAssets, readToolOutput, unlessErased, type Asset, type Report, type ReportedFacts } from '../reports/index.ts'
import { citationsIn, type Citations } from './citations.ts'
import type { Sent } from './evidence.ts'
import { placesIn, type Place } from './places.ts'

/** All of a report that facts are found by, read at one moment. */
export interface Gathered {
  readonly report: Report
  /** What the reporter wrote; what tools printed is apart. */
  readonly text: string
  readonly citations: Citations
  readonly places: readonly Place[]
  readonly sent: Sent
  readonly assets: readonly Asset[]
}

/** Null where what was reported is gone. */
export async function gather(tx: Tx, actor: Actor, id: string): Promise<Gathered | null> {
  const report = await getReport(tx, actor, id)
  const reported = report.erased_at ? null : await unlessErased(factsOf<ReportedFacts>(tx, report.received_entry_id))
  if (!reported) return null
  const text = [reported.title, reported.description, reported.steps, reported.proof_of_concept, reported.impact].filter(Boolean).join('\n\n')
  const citations = citationsIn(text)
  const weakness = report.weakness || citations.cwes[0] || ''
  return {
    report, text, citations, assets: await listAssets(tx),
    places: placesIn({ asset: report.asset_id ?? '', weakness, text }),
    sent: { ...sentIn(reported, citations), files: await filesOf(tx, id) },
  }
}

function sentIn({ tools, steps, proof_of_concept: proof, skipped, description }: ReportedFacts, { versions }: Citations): Omit<Sent, 'files'> {
  const printed = [...tools.map(({ output }) => output), proof].map(readToolOutput)
  return {
    steps, proof, skipped, description, versions,
    proofIsOutput: printed.at(-1) !== null,
    tools: printed.flatMap((output) => (output ? [{ tool: output.tool, version: output.version, findings: output.findings.length }] : [])),
  }
}

const filesOf = async (tx: Tx, report: string): Promise<Sent['files']> =>
  (await listAttachments(tx, { kind: 'report', id: report })).map(({ id, name, size }) => ({ name, size, to: `/desk/reports/${report}/files/${id}` }))
