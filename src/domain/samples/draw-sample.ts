import { createHash } from 'node:crypto'
import { canonical, chooseSample, parseCheckpoint, sampleSeed, type SampledSubject, type SampleIndex } from 'avow-verify'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, checkpointAfter, entriesAbout } from '../../ledger/index.ts'
import { refuseIf, Refused } from '../../lib/errors.ts'
import { sealText } from '../../seal/envelope.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { drawer, filePlace, getSample, populationText, readPopulation } from './find.ts'
import { sampleDrawn } from './kinds.ts'
import { evidenceOf, type Samplable } from './samplable.ts'

/** Who is drawn follows from the log's first checkpoint after the population was fixed, and from the words that the auditor adds now. */
export const drawSample = verb({
  name: 'sample.draw', summary: 'Draw the sample of a population that was fixed: whoever the seed chooses, with all that belongs to them.', may: 'samples.draw',
  entries: ['sample.drawn'],
  input: z.object({
    sample: z.uuid(),
    words: z.string().trim().max(200).default('').describe('Words of the auditor’s own, so that not even the operator of the log could have chosen'),
  }),
  output: z.object({ sample: z.uuid(), subjects: z.number(), entries: z.number() }),
  async run(work, { sample, words }) {
    const { tx, actor } = work
    const by = drawer(actor)
    await tx.db.selectFrom('samples').select('id').where('id', '=', sample).forUpdate().execute()
    const { row, practice } = await getSample(work, sample)
    refuseIf(row.drawn, 'already_drawn', 'This sample is drawn already. Fix another population to draw again: both stay in the record.')
    const checkpoint = await checkpointAfter(tx, row.fixed_entry_id)
    if (!checkpoint) throw new Refused('not_ready', 'The log has not signed the population yet, which takes a second. Try again.')
    const population = await populationText(tx, row)
    const { members } = await readPopulation(tx, row)
    const chosen = chooseSample(members.map(({ id }) => id), row.size, sampleSeed(checkpoint.root, words))
    const index: SampleIndex = { v: 1, origin: parseCheckpoint(checkpoint.note).origin, subjects: await subjectsFor(work, practice, chosen) }
    const text = `${canonical(index)}\n`
    const { entryId } = await append(tx, sampleDrawn, { subjects: { sample }, marks: { of: row.practice }, keyId: row.key_id, facts: {
      population_sha256: sha256(population), checkpoint_size: checkpoint.size, words, index_sha256: sha256(text),
    } })
    await tx.db.updateTable('samples').where('id', '=', sample).set({
      drawn: await sealText(tx, row.key_id, filePlace(sample, 'drawn'), text), drawn_by: by, drawn_at: timestampOf(tx.now), drawn_entry_id: entryId,
    }).execute()
    return { sample, subjects: index.subjects.length, entries: index.subjects.reduce((sum, { entries }) => sum + entries.length, 0) }
  },
})

async function subjectsFor(work: Work, practice: Samplable, ids: readonly string[]): Promise<SampledSubject[]> {
  const [about, pseudonyms] = [await entriesAbout(work.tx, practice.subject, ids), await casesOf(work.tx, practice.subject, ids)]
  const files = await Promise.all(evidenceOf(practice.subject).map((one) => one.filesOf(work, ids)))
  return ids.map((id) => ({
    id, cases: pseudonyms.get(id) ?? [],
    entries: (about.get(id) ?? []).filter(({ kind }) => practice.counts?.(kind) ?? true)
      .map(({ index, kind, leaf }) => ({ index, kind, leaf: leaf.toString('hex') })),
    files: files.flatMap((of) => (of.get(id) ?? []).map(({ name, sha256 }) => ({ name, sha256 }))),
  }))
}

async function casesOf(tx: Tx, subject: string, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.db.selectFrom('cases').select(['subject_id', 'pseudonym']).where('subject_kind', '=', subject).where('subject_id', 'in', ids)
    .orderBy('pseudonym').execute()
  const bySubject = Map.groupBy(rows, ({ subject_id }) => subject_id)
  return new Map([...bySubject].map(([id, own]) => [id, own.map(({ pseudonym }) => pseudonym)]))
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
