import { Readable } from 'node:stream'
import { contentName, formatContent, receiptName, sampleFolder, type Facts, type SampleIndex } from 'avow-verify'
import { ZipFile } from 'yazl'
import type { Actor } from '../../access/actor.ts'
import type { Database } from '../../db/database.ts'
import { awaitReceipt, checkpointAfter, entriesAbout, factsIfKept, receiptFor } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
import type { Work } from '../../verbs/verb.ts'
import { getSample, indexText, populationText, readIndex } from './find.ts'
import { readableFiles } from './readable.ts'
import { evidenceOf, type EvidenceFile, type Samplable } from './samplable.ts'

interface Deps { readonly database: Database; readonly organizationId: string; readonly actor: Actor }

/**
 * The sample as one file, put together while it is sent, as docs/formats/samples.md says. Nothing of it is kept: what was erased since is not in it,
 * nor what this actor may not see.
 */
export async function sampleZip(deps: Deps, sample: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const { practice, index, drawnEntry, texts } = await reading(deps, async (work) => {
    const { row, practice } = await getSample(work, sample)
    if (!row.drawn_entry_id) throw new Refused('not_drawn', 'Draw the sample first.')
    const { tx } = work
    const texts = {
      'population.json': await populationText(tx, row), 'index.json': await indexText(tx, row),
      'seed.checkpoint': (await checkpointAfter(tx, row.fixed_entry_id))!.note,
      'fixed.tlog-proof': (await receiptFor(tx, row.fixed_entry_id))!, 'fixed.json': formatContent((await factsIfKept(tx, row.fixed_entry_id)) as Facts),
      'drawn.json': formatContent((await factsIfKept(tx, row.drawn_entry_id)) as Facts),
    }
    return { practice, index: await readIndex(tx, row), drawnEntry: row.drawn_entry_id, texts }
  })
  const zip = new ZipFile()
  const add = (name: string, content: string | Uint8Array) => zip.addBuffer(Buffer.from(content as string), name, stored)
  for (const [name, text] of Object.entries(texts)) add(name, text)
  add('drawn.tlog-proof', await awaitReceipt(deps.database, deps.organizationId, drawnEntry))
  fill(deps, zip, practice, index).then(() => zip.end(), (error: Error) => (zip.outputStream as Readable).destroy(error))
  return Readable.toWeb(zip.outputStream as Readable) as ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Stored, so that the verifier needs no inflation; no time of ours in it. */
const stored = { compress: false, mtime: new Date('2000-01-01T00:00:00Z') }

const reading = <T>({ database, organizationId, actor }: Deps, use: (work: Work) => Promise<T>): Promise<T> =>
  database.read(organizationId, (tx) => use({ tx, actor }))

async function fill(deps: Deps, zip: ZipFile, practice: Samplable, index: SampleIndex): Promise<void> {
  const seen = await reading(deps, async (work) => new Set(await visible(work, practice, index)))
  for (const [n, subject] of index.subjects.entries()) {
    if (!seen.has(subject.id)) continue
    const { entries, files } = await reading(deps, (work) => proofs(work, practice, subject))
    for (const { index: at, receipt, content } of entries) {
      zip.addBuffer(Buffer.from(receipt), receiptName(n, at), stored)
      if (content) zip.addBuffer(Buffer.from(content), contentName(n, at), stored)
    }
    for (const file of files) zip.addBuffer(await bytesOf(deps, file), `${sampleFolder(n)}/${file.name}`, stored)
  }
  for (const [name, text] of await reading(deps, (work) => readableFiles(work, practice, index))) zip.addBuffer(Buffer.from(text), `papers/${name}`, stored)
}

/** Of those drawn, whoever this actor may see today. */
async function visible(work: Work, practice: Samplable, { subjects }: SampleIndex): Promise<readonly string[]> {
  return practice.visible ? practice.visible(work, subjects.map(({ id }) => id)) : subjects.map(({ id }) => id)
}

interface Proof { readonly index: number; readonly receipt: string; readonly content: string | null }

async function proofs(work: Work, practice: Samplable, { id, entries: named, files: listed }: SampleIndex['subjects'][number]) {
  const { tx } = work
  const wanted = new Set(named.map(({ index }) => index))
  const entries: Proof[] = []
  for (const { entryId, index } of (await entriesAbout(tx, practice.subject, [id])).get(id) ?? []) {
    if (!wanted.has(index)) continue
    const facts = await factsIfKept(tx, entryId)
    entries.push({ index, receipt: (await receiptFor(tx, entryId))!, content: facts && formatContent(facts as Facts) })
  }
  const known = new Map(listed.map(({ name, sha256 }) => [name, sha256]))
  const files = (await Promise.all(evidenceOf(practice.subject).map((one) => one.filesOf(work, [id])))).flatMap((of) => of.get(id) ?? [])
  return { entries, files: files.filter(({ name, sha256 }) => known.get(name) === sha256) }
}

async function bytesOf({ database, organizationId }: Deps, file: EvidenceFile): Promise<Buffer> {
  const content = await file.open(database, organizationId)
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.concat(await Array.fromAsync(content))
}
