import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { factsOf } from '../../ledger/index.ts'
import { listAttachments } from '../../seal/attachments.ts'
import { getReport, isSignature, listAssets, readToolOutput, unlessErased, type Asset, type Report, type ReportedFacts } from '../reports/index.ts'
import { citationsIn, type Citations } from './citations.ts'
import type { Sent } from './evidence.ts'
import { placesIn, type Place } from './places.ts'
import { vectorsIn } from './severity-claims.ts'
import { sourceFor, type AttachedSource } from './source/sources.ts'

/** All of a report that facts are found by, read at one moment. */
export interface Gathered {
  readonly report: Report
  /** What the reporter wrote; what tools printed is apart. */
  readonly text: string
  readonly citations: Citations
  readonly places: readonly Place[]
  /** CVSS vectors, the form's first. */
  readonly vectors: readonly string[]
  /** Where the source of what it is about is, if that is known. */
  readonly source: AttachedSource | null
  readonly sent: Sent
  readonly assets: readonly Asset[]
}

/** Null where what was reported is gone. */
export async function gather(tx: Tx, actor: Actor, id: string): Promise<Gathered | null> {
  const report = await getReport(tx, actor, id)
  const reported = report.erased_at ? null : await unlessErased(factsOf<ReportedFacts>(tx, report.received_entry_id))
  if (!reported) return null
  const { title, description, steps, proof_of_concept: proof, impact, expected_result: expected, endpoint, parameter, version, cvss } = reported
  const text = [title, description, steps, proof, impact, expected].filter(Boolean).join('\n\n')
  const prose = [title, description, steps, impact, expected].filter(Boolean).join('\n\n')
  const citations = citationsIn([version && `Version ${version}`, endpoint, prose].filter(Boolean).join('\n'), proof)
  const weakness = report.weakness || citations.cwes[0] || ''
  return {
    report, text, citations, vectors: vectorsIn([cvss, text].filter(Boolean).join('\n')),
    assets: await listAssets(tx), source: await sourceFor(tx, report.asset_id),
    places: placesIn({ asset: report.asset_id ?? '', weakness, text, ...endpoint && { endpoint }, ...parameter && { parameter } }),
    sent: { ...sentIn(reported, citations), files: await filesOf(tx, id) },
  }
}

function sentIn(reported: ReportedFacts, { versions }: Citations): Omit<Sent, 'files'> {
  const { tools, steps, proof_of_concept: proof, skipped, description, expected_result: expected = '' } = reported
  const printed = [...tools.map(({ output }) => output), proof].map(readToolOutput)
  return {
    steps, proof, skipped: skipped || reported.reasons?.steps || reported.reasons?.proof_of_concept || '', description, expected, versions,
    proofIsOutput: printed.at(-1) !== null,
    tools: printed.flatMap((output) => (output ? [{ tool: output.tool, version: output.version, findings: output.findings.length }] : [])),
  }
}

const filesOf = async (tx: Tx, report: string): Promise<Sent['files']> =>
  (await listAttachments(tx, { kind: 'report', id: report })).filter(({ name }) => !isSignature(name))
    .map(({ id, name, size }) => ({ name, size, to: `/desk/reports/${report}/files/${id}` }))
