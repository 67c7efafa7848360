import { sql, type Selectable } from 'kysely'
import { parseSampleFile, type Population, type SampleIndex } from 'avow-verify'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { demand } from '../../access/may.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, Refused } from '../../lib/errors.ts'
import { openText } from '../../seal/envelope.ts'
import { query, type Work } from '../../verbs/verb.ts'
import { findSamplable, type Samplable } from './samplable.ts'
import type { SampleRow } from './tables.ts'

export type Sample = Selectable<SampleRow>

export const filePlace = (sampleId: string, file: 'population' | 'drawn') => `sample/${file}/${sampleId}`

/** A sample is fixed and drawn by a person, who answers for it. */
export function drawer(actor: Actor): string {
  if (actor.kind === 'member') return actor.accountId
  throw new Refused('only_people_draw', 'A sample is fixed and drawn by a person who is signed in.')
}

/** Not found = not of a practice that the actor may see. */
export async function getSample({ tx, actor }: Work, id: string): Promise<{ row: Sample; practice: Samplable }> {
  const row = await samples(tx).where('id', '=', id).executeTakeFirst()
  const practice = row && findSamplable(row.practice)
  if (!row || !practice) throw new NotFound()
  demand(actor, practice.may, 'sample.read')
  return { row, practice }
}

const samples = (tx: Tx) => tx.db.selectFrom('samples').selectAll()
  .select([sql<string>`from_day::text`.as('from_day'), sql<string>`to_day::text`.as('to_day')])

/** The two files as they are in the ZIP, byte for byte. */
export const populationText = (tx: Tx, { id, key_id, population }: Sample): Promise<string> => openText(tx, key_id, filePlace(id, 'population'), population)
export const indexText = (tx: Tx, { id, key_id, drawn }: Sample): Promise<string> => openText(tx, key_id, filePlace(id, 'drawn'), drawn!)

export const readPopulation = async (tx: Tx, row: Sample): Promise<Population> =>
  parseSampleFile<Population>(await populationText(tx, row), ['members', 'sources'])
export const readIndex = async (tx: Tx, row: Sample): Promise<SampleIndex> => parseSampleFile<SampleIndex>(await indexText(tx, row), ['subjects'])

const Line = z.object({
  sample: z.uuid(), of: z.string(), title: z.string(), from: z.iso.date(), to: z.iso.date(), size: z.number(),
  fixed_at: z.iso.datetime(), drawn_at: z.iso.datetime().nullable(),
})
export type SampleLine = z.output<typeof Line>

export const listSamples = query({
  name: 'sample.list', summary: 'The populations that were fixed, and whether their sample was drawn.', may: 'samples.draw', input: z.object({}),
  output: z.object({ samples: z.array(Line) }),
  async run({ tx }) {
    const rows = await samples(tx).orderBy('fixed_at', 'desc').limit(200).execute()
    return { samples: rows.map((row): SampleLine => ({
      sample: row.id, of: row.practice, title: findSamplable(row.practice)?.title ?? row.practice, from: row.from_day, to: row.to_day, size: row.size,
      fixed_at: row.fixed_at.toISOString(), drawn_at: row.drawn_at?.toISOString() ?? null,
    })) }
  },
})

/** With the differences by name, for whoever may see them. */
export const readSample = query({
  name: 'sample.read', summary: 'Read one sample: its population, how it compares with its sources, and who was drawn.', may: 'samples.draw',
  input: z.object({ sample: z.uuid() }),
  async run(work, { sample }) {
    const { row, practice } = await getSample(work, sample)
    const population = await readPopulation(work.tx, row)
    const index = row.drawn && await readIndex(work.tx, row)
    const nameOf = await practice.namesOf(work, [...index?.subjects.map(({ id }) => id) ?? [], ...population.sources.flatMap(({ only_here, only_there }) =>
      [...only_here, ...only_there].slice(0, 100))])
    return {
      sample, of: row.practice, title: practice.title, from: row.from_day, to: row.to_day, size: row.size, members: population.members.length,
      fixed_at: row.fixed_at.toISOString(), drawn_at: row.drawn_at?.toISOString() ?? null,
      sources: population.sources.map(({ only_here, only_there, ...source }) =>
        ({ ...source, only_here: only_here.map(nameOf), only_there: only_there.map(nameOf) })),
      subjects: index?.subjects.map(({ id, entries, files }) => ({ id, name: nameOf(id), entries: entries.length, files: files.length })) ?? null,
    }
  },
})
export type SampleView = Awaited<ReturnType<typeof readSample.run>>
