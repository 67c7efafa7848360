/** How a sample is drawn so that nobody chooses it, and the files that say what was drawn. docs/formats/samples.md. */
import { sha256 } from '#crypto'
import { concat, hex, utf8, type Bytes } from './bytes.ts'
import { fromCanonical } from './canonical.ts'
import { record } from './leaf.ts'
import { Malformed } from './malformed.ts'

/** `population.json`: whom the sample was drawn of, fixed before anybody could know the seed. */
export interface Population {
  readonly v: 1
  /** `person.joined` */
  readonly practice: string
  readonly from: string
  readonly to: string
  /** How many are drawn. */
  readonly size: number
  /** In the order of their ids. */
  readonly members: readonly { readonly id: string; readonly at: string }[]
  readonly sources: readonly ComparedSource[]
}

/** The population as somebody else knows it, and who is in one and not in the other. */
export interface ComparedSource {
  readonly source: string
  readonly compared_at: string
  readonly members: number
  readonly only_here: readonly string[]
  readonly only_there: readonly string[]
}

/** `index.json`: what belongs to each of those drawn. */
export interface SampleIndex {
  readonly v: 1
  readonly origin: string
  readonly subjects: readonly SampledSubject[]
}

export interface SampledSubject {
  readonly id: string
  /** Its pseudonyms in the ledger. */
  readonly cases: readonly string[]
  /** Each with the leaf's SHA-256, as the tree has it. */
  readonly entries: readonly { readonly index: number; readonly kind: string; readonly leaf: string }[]
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** SHA-256(`avow-sample/v1` ‖ 0x0A ‖ the checkpoint's root ‖ the auditor's words in UTF-8). */
export const sampleSeed = (root: Uint8Array, words: string): Bytes => sha256(concat(utf8('avow-sample/v1\n'), root, utf8(words)))

/** Those with the smallest SHA-256(seed ‖ id), in this order. */
export function chooseSample(ids: readonly string[], size: number, seed: Uint8Array): string[] {
  const tickets = ids.map((id) => ({ id, ticket: hex(sha256(concat(seed, utf8(id)))) }))
  return tickets.sort((a, b) => (a.ticket < b.ticket ? -1 : 1)).slice(0, size).map(({ id }) => id)
}

/** The folder of the one that was drawn as number `n`, from 0. */
export const sampleFolder = (n: number): string => `subjects/${String(n + 1).padStart(3, '0')}`
export const receiptName = (n: number, index: number): string => `${sampleFolder(n)}/${index}.tlog-proof`
export const contentName = (n: number, index: number): string => `${sampleFolder(n)}/${index}.json`

/** Canonical JSON and a line feed, of version 1. */
export function parseSampleFile<T extends Population | SampleIndex>(text: string, members: readonly (keyof T & string)[]): T {
  if (!text.endsWith('\n')) throw new Malformed('sample', 'its line does not end')
  const value = record(fromCanonical(text.slice(0, -1), 'sample'), 'sample')
  if (value['v'] !== 1) throw new Malformed('sample', 'not of version 1')
  for (const member of members) if (value[member] === undefined) throw new Malformed('sample', `${member} is missing`)
  return value as unknown as T
}
