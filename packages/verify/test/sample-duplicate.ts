import { hash } from 'node:crypto'
import * as log from '../src/index.ts'
import { SampleLog } from './sample-log.ts'
import { signer } from './signers.ts'

export const facts = {
  title: 'Open redirect after sign-in', asset: 'shop', weakness: 'CWE-601',
    description: 'Any address is followed.\nMy own token is in the picture.\n', tools: [],
}
export const witness = signer('witness.other.example/w', 0x04)

export interface Changes {
  /** What the original says, where that is not `facts`. */
  facts?: Record<string, unknown>
  /** Of which entry the company says that it is the original. */
  named?: number
  /** What its reporter wrote afterwards, as the entries 4 and on. */
  said?: readonly Said[]
}

export interface Said { readonly kind: string; readonly message: string; readonly report?: string; readonly sealed?: RegExp }

const seedOfMessage = hash('sha256', 'the seed of a message', 'buffer')

function say(sample: SampleLog, { kind, message, report = 'bXkgb3duIGNhc2U' }: Said) {
  const parts = log.partsRoot(log.sealParts(log.partsOf({ message }), seedOfMessage))
  sample.add({ at: '2026-01-10T10:00:00Z', stream: 'disclosure', kind, cases: { report }, marks: { parts, vouch: 'both' }, facts: { message } })
}

/** A message as it is published: the lines with what is sealed closed, and shown with a mark in its place. */
async function published(sample: SampleLog, index: number, { message, sealed = /^\b$/ }: Said): Promise<log.RedactedEntry> {
  const { facts: _, salt2: _2, index: _3, ...label } = sample.openings[index]!
  const parts = log.partsOf({ message })
  const [closed, shut] = [log.sealParts(parts, seedOfMessage), parts.map(({ value }) => sealed.test(String(value)))]
  return {
    leaf: sample.leaves[index]!, proof: await sample.inclusion(index),
    opening: { ...label, parts: parts.map((part, n) => shut[n] ? closed[n]! : { ...part, salt: log.partSalt(seedOfMessage, n) }) },
    rendered: parts.flatMap(({ value }, part) => shut[part] ? [{ part, text: String(value).replace(sealed, '████') }] : []),
  }
}

/** A log in which a report arrives (1), a second one about the same (2), and the second is closed as a duplicate of the first (3). */
export async function sampleDuplicate({ facts: said = facts, named: index = 1, said: messages = [] }: Changes = {}) {
  const sample = new SampleLog('security.acme.example/log')
  const seed = hash('sha256', 'the seed of the original', 'buffer')
  const parts = log.partsOf(said)
  const sealedParts = log.sealParts(parts, seed)
  const report = { stream: 'disclosure', kind: 'report.received', marks: { channel: 'web', vouch: 'both' } }
  sample.configure('2026-01-05T08:00:00Z', 'disclosure', 'delayed', 90)
  sample.add({ ...report, at: '2026-01-05T09:00:00Z', cases: { report: 'bXkgb3duIGNhc2U' }, marks: { ...report.marks, parts: log.partsRoot(sealedParts) },
    facts: said })
  sample.add({ ...report, at: '2026-01-09T11:00:00Z', cases: { report: 'c29tZWJvZHkgZWxzZQ' }, facts: { ...facts, title: 'The same, found later' } })
  const named = { index, leafSha256: log.leafSha256(sample.leaves[index]!) }
  sample.add({
    at: '2026-01-10T10:00:00Z', stream: 'disclosure', kind: 'report.original-named', cases: { report: 'c29tZWJvZHkgZWxzZQ' },
    marks: { by: 'human', original: 'report', vouch: 'company' }, facts: log.namedFacts(named),
  })
  for (const message of messages) say(sample, message)
  await sample.publish('2026-01-10T10:00:01Z', [witness])
  const file: log.Duplicate = { choice: await sample.receipt(3), named, original: { leaf: sample.leaves[index]!, proof: await sample.inclusion(index) } }
  const { facts: _, salt2: _2, index: _3, ...label } = sample.openings[1]!
  const open = (of: string, value: unknown) => of !== 'description' || !String(value).includes('token')
  const opening = { ...label, parts: parts.map((part, n) => open(part.of, part.value) ? { ...part, salt: log.partSalt(seed, n) } : sealedParts[n]!) }
  const rendered = parts.flatMap(({ of, value }, n) => open(of, value) ? [] : [{ part: n, text: String(value).replace('My own token', '████') }])
  const redacted: log.Redacted = { leaf: sample.leaves[1]!, proof: await sample.inclusion(1), opening, rendered }
  return {
    messages: await Promise.all(messages.map((message, n) => published(sample, n + 4, message))),
    redacted, content: log.formatContent(said), sample, file, opening, trust: { keys: [sample.signer.key], witnesses: [witness.key] },
      own: await sample.receipt(2), others: await sample.receipt(1),
    sealed: log.formatDuplicate(file), opened: log.formatDuplicate({ ...file, opening }),
  }
}
