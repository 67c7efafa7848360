import type { ReportedFacts } from './kinds.ts'

type Asked = readonly [what: string, there: (reported: ReportedFacts) => boolean]

/** What a report should carry. Nothing of it is demanded; what is missing costs the team a question. */
const asked: readonly Asked[] = [
  ['where it is', ({ asset, endpoint }) => Boolean(asset ?? endpoint)],
  ['version or commit', ({ version }) => Boolean(version)],
  ['kind of weakness', ({ weakness }) => weakness !== ''],
  ['endpoint', ({ endpoint }) => Boolean(endpoint)],
  ['steps to reproduce', ({ steps }) => steps !== ''],
  ['proof of concept', ({ proof_of_concept: proof, attachments }) => proof !== '' || attachments.length > 0],
  ['expected result', ({ expected_result: result }) => Boolean(result)],
  ['impact', ({ impact }) => impact !== ''],
  ['severity as CVSS', ({ cvss }) => Boolean(cvss)],
]

/** How many of the things that a report should carry are there, and which are not. */
export function completenessOf(reported: ReportedFacts): { there: number; of: number; missing: string[] } {
  const missing = asked.flatMap(([what, there]) => (there(reported) ? [] : [what]))
  return { there: asked.length - missing.length, of: asked.length, missing }
}
