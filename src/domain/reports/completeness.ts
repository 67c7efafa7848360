import type { ReportedFacts } from './kinds.ts'
import type { Skippable } from './reasons.ts'
import { isSignature } from './signature-files.ts'

type Asked = readonly [field: Skippable, what: string, there: (reported: ReportedFacts) => boolean]

/** What a report should carry. Nothing of it is demanded; what is missing costs the team a question. */
const asked: readonly Asked[] = [
  ['asset', 'where it is', ({ asset, endpoint }) => Boolean(asset ?? endpoint)],
  ['version', 'version or commit', ({ version }) => Boolean(version)],
  ['weakness', 'kind of weakness', ({ weakness }) => weakness !== ''],
  ['endpoint', 'endpoint', ({ endpoint }) => Boolean(endpoint)],
  ['steps', 'steps to reproduce', ({ steps }) => steps !== ''],
  ['proof_of_concept', 'proof of concept', ({ proof_of_concept: proof, attachments }) => proof !== '' || attachments.some(({ name }) => !isSignature(name))],
  ['expected_result', 'expected result', ({ expected_result: result }) => Boolean(result)],
  ['impact', 'impact', ({ impact }) => impact !== ''],
  ['cvss', 'severity as CVSS', ({ cvss }) => Boolean(cvss)],
]

export interface Completeness {
  readonly there: number
  readonly of: number
  /** Each with the reason that was given, if any. */
  readonly missing: readonly { readonly what: string; readonly why: string }[]
}

/** How many of the things that a report should carry are there, and which are not. */
export function completenessOf(reported: ReportedFacts): Completeness {
  const missing = asked.flatMap(([field, what, there]) => (there(reported) ? [] : [{ what, why: reported.reasons?.[field] ?? '' }]))
  return { there: asked.length - missing.length, of: asked.length, missing }
}
