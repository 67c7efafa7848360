/** The policy texts that stand behind `policy.published` entries, held to their hashes. */
import { sha256 } from '#crypto'
import type { LedgerEvent } from '../commitments/event.ts'
import { hex } from '../ledger/bytes.ts'
import type { Findings } from './findings.ts'
import { inParallel } from './in-parallel.ts'
import type { Source } from './source.ts'

/** Faults: `text_missing`, `text_differs`. Answers how many texts were checked. */
export async function checkTexts(source: Source, events: readonly LedgerEvent[], findings: Findings): Promise<number> {
  const published = events.filter(({ kind, facts }) => kind === 'policy.published' && typeof facts?.text_sha256 === 'string')
  await inParallel(published, async ({ index, facts }) => {
    const expected = String(facts!.text_sha256)
    const name = `version ${facts!.version} of the policy ${facts!.policy} (entry ${index})`
    const text = /^[0-9a-f]{64}$/.test(expected) ? await source.get(`log/texts/${expected}`) : undefined
    if (!text) findings.fault('text_missing', `the text of ${name} is not served`)
    else if (hex(sha256(text)) !== expected) findings.fault('text_differs', `the text of ${name} is not the one that was published`)
  })
  return published.length
}
