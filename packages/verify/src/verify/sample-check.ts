/** Verifies an auditor's sample without the server: that nobody chose it, and every line of its index. docs/formats/samples.md. */
import { sha256 } from '#crypto'
import { fromUtf8, hex } from '../ledger/bytes.ts'
import { leafBytes, type Facts } from '../ledger/leaf.ts'
import { leafHash } from '../ledger/merkle.ts'
import { parseReceiptExtra } from '../ledger/receipt.ts'
import {
  chooseSample, contentName, parseSampleFile, receiptName, sampleFolder, sampleSeed, type Population, type SampledSubject, type SampleIndex,
} from '../ledger/sample.ts'
import { parseTlogProof } from '../ledger/tlog-proof.ts'
import { Findings, type Finding } from './findings.ts'
import { originOfReceipt, verifyReceipt, type ReceiptVerification } from './receipt-check.ts'
import { openCheckpoint, type Trust } from './trust.ts'
import { readZip } from './zip.ts'

export interface SampleVerification {
  readonly ok: boolean
  readonly faults: readonly Finding[]
  readonly notes: readonly Finding[]
  readonly sample?: {
    origin: string; practice: string; from: string; to: string; members: number; size: number; seed: string; words: string
    /** Where the two entries stand that it rests on. */
    fixed: number; drawn: number
  }
  readonly population?: Population
  /** How many of each were found to be as the index says. */
  readonly checked?: { subjects: number; entries: number; files: number; papers: number }
}

type Files = ReadonlyMap<string, Uint8Array>
type Keys = Pick<Trust, 'keys' | 'witnesses'>

/**
 * Faults: those of a receipt, `malformed_zip`, `malformed_sample`, `file_missing`, `entry_absent`, `file_differs`, `file_unknown`,
 * `population_differs`, `index_differs`, `seed_differs`, `choice_differs`, `entry_differs`.
 */
export async function verifySample(zip: Uint8Array, trust: Keys): Promise<SampleVerification> {
  const findings = new Findings()
  const done = await findings.check('file_missing', () => checkAll(readZip(zip), trust, findings))
  return { ok: findings.faults.length === 0, ...findings, ...done }
}

/** The origin of the log that it was drawn from, so that the right key can be looked for. Nothing of it is verified. */
export const originOfSample = (zip: Uint8Array): string => originOfReceipt(fileOf(readZip(zip), 'drawn.tlog-proof'))

async function checkAll(files: Files, trust: Keys, findings: Findings): Promise<Pick<SampleVerification, 'sample' | 'population' | 'checked'>> {
  const fixed = await anchor(files, 'fixed', 'population.fixed', trust, findings)
  const drawn = await anchor(files, 'drawn', 'sample.drawn', trust, findings)
  const population = parseSampleFile<Population>(textOf(files, 'population.json'), ['practice', 'from', 'to', 'size', 'members', 'sources'])
  const index = parseSampleFile<SampleIndex>(textOf(files, 'index.json'), ['origin', 'subjects'])
  const named = hex(sha256(fileOf(files, 'population.json')))
  if (fixed.facts['population_sha256'] !== named || drawn.facts['population_sha256'] !== named) {
    findings.fault('population_differs', 'population.json is not the population that was fixed')
  }
  if (drawn.facts['index_sha256'] !== hex(sha256(fileOf(files, 'index.json')))) findings.fault('index_differs', 'index.json is not what was drawn')
  const seed = await checkChoice(files, { fixed, drawn, population, index }, trust, findings)
  const checked = await checkSubjects(files, index, trust, findings)
  const { practice, from, to, size, members } = population
  return {
    sample: { origin: index.origin, practice, from, to, members: members.length, size, seed, words: String(drawn.facts['words']),
      fixed: fixed.entry.index, drawn: drawn.entry.index },
    population, checked,
  }
}

interface Anchored { readonly entry: NonNullable<ReceiptVerification['entry']>; readonly facts: Facts }

/** One of the two entries on which all rests. */
async function anchor(files: Files, name: string, kind: string, trust: Keys, findings: Findings): Promise<Anchored> {
  const { entry, facts, faults, notes } = await verifyReceipt({ receipt: textOf(files, `${name}.tlog-proof`), content: textOf(files, `${name}.json`) }, trust)
  findings.faults.push(...faults)
  findings.notes.push(...notes.map(({ code, message }) => ({ code, message: `${kind}: ${message}` })))
  if (!entry || !facts) throw new Error(`the entry ${kind} cannot be read, and all rests on it`)
  if (entry.kind !== kind) findings.fault('entry_differs', `${name}.tlog-proof is about ${entry.kind}, not about ${kind}`)
  return { entry, facts }
}

interface Draw { fixed: Anchored; drawn: Anchored; population: Population; index: SampleIndex }

/** Fixed, then a checkpoint, then drawn; and of those in the population exactly those that the seed gives. Answers the seed. */
async function checkChoice(files: Files, { fixed, drawn, population, index }: Draw, trust: Keys, findings: Findings): Promise<string> {
  const { size, root } = await openCheckpoint(textOf(files, 'seed.checkpoint'), trust)
  if (size !== drawn.facts['checkpoint_size']) findings.fault('seed_differs', 'seed.checkpoint is not the one by which it was drawn')
  if (fixed.entry.index >= size) findings.fault('seed_differs', 'the checkpoint is from before the population was fixed')
  if (drawn.entry.index < size) findings.fault('seed_differs', 'it was drawn before the checkpoint was there')
  if (fixed.entry.cases['sample'] !== drawn.entry.cases['sample']) findings.fault('population_differs', 'another population was fixed than was drawn from')
  const seed = sampleSeed(root, String(drawn.facts['words']))
  const chosen = chooseSample(population.members.map(({ id }) => id), population.size, seed)
  const named = index.subjects.map(({ id }) => id)
  if (chosen.join() !== named.join()) findings.fault('choice_differs', 'these are not the ones that the seed chooses')
  return hex(seed)
}

async function checkSubjects(files: Files, { subjects }: SampleIndex, trust: Keys, findings: Findings): Promise<NonNullable<SampleVerification['checked']>> {
  const known = new Set(['population.json', 'index.json', 'seed.checkpoint', ...['fixed', 'drawn'].flatMap((name) => [`${name}.tlog-proof`, `${name}.json`])])
  const checked = { subjects: subjects.length, entries: 0, files: 0, papers: 0 }
  for (const [n, subject] of subjects.entries()) {
    for (const entry of subject.entries) {
      if (await findings.check('entry_differs', () => checkEntry(files, n, subject, entry, trust, findings))) checked.entries++
      known.add(receiptName(n, entry.index)).add(contentName(n, entry.index))
    }
    for (const { name, sha256: expected } of subject.files) {
      const path = `${sampleFolder(n)}/${name}`
      known.add(path)
      const bytes = files.get(path)
      if (!bytes) findings.note('file_absent', `${path} is not here: it was erased, or whoever made this copy may not see it`)
      else if (hex(sha256(bytes)) !== expected) findings.fault('file_differs', `${path} is not the file that was drawn`)
      else checked.files++
    }
  }
  for (const name of files.keys()) {
    if (name.startsWith('papers/')) checked.papers++
    else if (!known.has(name)) findings.fault('file_unknown', `${name} is not in the index`)
  }
  if (checked.papers > 0) findings.note('papers', 'the files in papers/ are there to be read: what they say is proved by the others, or not at all')
  return checked
}

/** True where the entry is what the index says, and about its subject. */
async function checkEntry(
  files: Files, n: number, { cases }: SampledSubject, { index, kind, leaf }: SampledSubject['entries'][number], trust: Keys, findings: Findings,
): Promise<boolean> {
  const name = receiptName(n, index)
  if (!files.has(name)) {
    findings.fault('entry_absent', `${name} is not here: whoever made this copy may not see it, or took it out`)
    return false
  }
  const receipt = textOf(files, name)
  const extra = parseReceiptExtra(parseTlogProof(receipt).extra ?? new Uint8Array())
  const content = files.has(contentName(n, index)) ? textOf(files, contentName(n, index)) : undefined
  if (content === undefined) findings.note('content_absent',
    `${contentName(n, index)} is not here: ${extra.salt2 ? 'it is proved that something was recorded, not what'
    : 'what was recorded has been erased'}`)
  const { entry, faults } = await verifyReceipt({ receipt, content }, trust)
  findings.faults.push(...faults.map(({ code, message }) => ({ code, message: `${name}: ${message}` })))
  const isIt = entry?.index === index && entry.kind === kind && hex(leafHash(leafBytes(extra.leaf))) === leaf
  if (!isIt) findings.fault('entry_differs', `${name} is not the entry that was drawn`)
  const isAbout = Object.values(entry?.cases ?? {}).some((pseudonym) => cases.includes(String(pseudonym)))
  if (!isAbout) findings.fault('entry_differs', `${name} is about somebody else`)
  return isIt && isAbout && faults.length === 0
}

function fileOf(files: Files, name: string): Uint8Array {
  const bytes = files.get(name)
  if (!bytes) throw new Error(`${name} is missing`)
  return bytes
}

const textOf = (files: Files, name: string): string => fromUtf8(fileOf(files, name))
