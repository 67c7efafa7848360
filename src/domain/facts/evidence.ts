import type { Fact, Group } from './fact.ts'

export interface Sent {
  readonly files: readonly { readonly name: string; readonly size: number; readonly to: string }[]
  readonly steps: string
  readonly proof: string
  /** Why there is neither. */
  readonly skipped: string
  readonly description: string
  /** The result to expect, where the form asked for it. */
  readonly expected: string
  readonly versions: readonly string[]
  /** Scanners' output that was recognised. */
  readonly tools: readonly { readonly tool: string; readonly version: string; readonly findings: number }[]
  /** What the proof of concept is beside a scanner's output. */
  readonly proofIsOutput: boolean
}

/** What a report of a scanner's output alone lacks. */
export const only = 'Own evidence'

/** Nothing of the reporter's own beside what a scanner printed. */
export const onlyScanner = ({ files, steps, proof, proofIsOutput, tools }: Sent): boolean =>
  tools.length > 0 && files.length === 0 && !steps && (!proof || proofIsOutput)

/** What was sent along to see the weakness by. What is absent is a hint: somebody may have a reason. */
export function checkEvidence(sent: Sent): Group {
  const { files, tools } = sent
  const facts: Fact[] = [
    ...files.map(({ name, size, to }): Fact => ({ about: name, to, mark: size > 0 ? 'yes' : 'hint', says: size > 0 ? 'a file was sent' : 'it is empty' })),
    proofFact(sent),
    stepsFact(sent),
    versionFact(sent),
    expectedFact(sent),
    ...tools.map(({ tool, version, findings }): Fact =>
      ({ about: `${tool} ${version}`.trim(), mark: 'yes', says: `its output was recognised: ${counted(findings, 'finding')}` })),
    ...onlyScanner(sent) ? [{ about: only, mark: 'hint', says: 'none beside a scanner’s output' } as const] : [],
  ]
  return { check: 'evidence', against: 'what was sent', facts }
}

function proofFact({ proof, description, proofIsOutput }: Sent): Fact {
  const about = 'Proof of concept'
  if (proof) return proofIsOutput ? { about, mark: 'hint', says: 'a scanner’s output' } : { about, mark: 'yes', says: `${lines(proof)} given` }
  const blocks = [...description.matchAll(/^(?:```|~~~)/gm)].length >> 1
  return blocks > 0 ? { about, mark: 'yes', says: `${counted(blocks, 'block')} of code in the description` } : { about, mark: 'hint', says: 'none as text' }
}

function stepsFact({ steps, skipped }: Sent): Fact {
  if (steps) return { about: 'Steps', mark: 'yes', says: `${lines(steps)} given` }
  return { about: 'Steps', mark: 'hint', says: skipped ? 'none, for the reason that is given' : 'none' }
}

const versionFact = ({ versions }: Sent): Fact => ({
  about: 'Version', ...versions.length > 0 ? { mark: 'yes', says: versions.slice(0, 5).join(', ') } : { mark: 'hint', says: 'none was recognised' },
})

/** English alone. */
const expectation =
  /\b(?:expected|actual|observed) (?:result|output|behaviou?r|response|outcome)s?\b|\b(?:you (?:will|should)|should) (?:see|get|receive|print|show|return)\b/iu

function expectedFact({ expected, description, steps, proof }: Sent): Fact {
  const about = 'Expected result'
  if (expected) return { about, mark: 'yes', says: `${lines(expected)} given` }
  const found = expectation.exec([description, steps, proof].join('\n'))?.[0]
  if (found) return { about, mark: 'yes', says: `“${found}” is in the text` }
  return { about, mark: 'hint', says: 'no such words were recognised (English alone is)' }
}

const counted = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`
const lines = (text: string) => counted(text.trim().split('\n').length, 'line')
