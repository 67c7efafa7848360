import { createHash } from 'node:crypto'
import { canonical, type ComparedSource, type Population } from 'avow-verify'
import { z } from 'zod'
import { demand } from '../../access/may.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, Refused } from '../../lib/errors.ts'
import { newSubjectKey, sealText } from '../../seal/envelope.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { drawer, filePlace } from './find.ts'
import { populationFixed } from './kinds.ts'
import { periodOf } from './period.ts'
import { findSamplable, type Member, type Period, type Samplable } from './samplable.ts'

/** What is fixed here nobody can know the sample of yet: the seed comes from a checkpoint that the log signs afterwards. */
export const fixPopulation = verb({
  name: 'population.fix', summary: 'Fix whom a sample is drawn of, and compare it with its sources.', may: 'samples.draw', entries: ['population.fixed'],
  input: z.object({
    of: z.string().max(100).describe('What it is of: person.joined, report.received, policy.published'),
    from: z.iso.date('Write a day: 2026-01-01.'), to: z.iso.date('Write a day: 2026-12-31.'),
    size: z.coerce.number().int().min(1).max(100).default(25).describe('How many are drawn'),
    list: z.string().max(2_000_000).default('').describe('A list from elsewhere to compare with, one address or number a line'),
  }),
  output: z.object({ sample: z.uuid(), members: z.number(),
    sources: z.array(z.object({ source: z.string(), only_here: z.number(), only_there: z.number() })) }),
  async run(work, { of, from, to, size, list }) {
    const { tx, actor } = work
    const practice = findSamplable(of)
    if (!practice) throw new Invalid({ of: 'A sample cannot be drawn of this.' })
    demand(actor, practice.may, 'population.fix')
    const period = await periodOf(tx, from, to)
    const members = (await practice.population(work, period)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    if (members.length === 0) throw new Refused('population_empty', 'There is nobody and nothing in this population.')
    const population = fileOf({ of, from, to, size: Math.min(size, members.length), members, sources: await compared(work, practice, period, members, list) })
    return { sample: await keep(work, population), members: members.length,
      sources: population.sources.map(({ source, only_here, only_there }) => ({ source, only_here: only_here.length, only_there: only_there.length })) }
  },
})

const fileOf = ({ of, members, ...rest }: Omit<Population, 'v' | 'practice' | 'members'> & { of: string; members: readonly Member[] }): Population =>
  ({ v: 1, practice: of, members: members.map(({ id, at }) => ({ id, at: at.toISOString() })), ...rest })

/** Who is in one and not in the other, as of this moment. */
async function compared(work: Work, practice: Samplable, period: Period, members: readonly Member[], list: string): Promise<ComparedSource[]> {
  const at = timestampOf(work.tx.now).toISOString()
  const here = members.map(({ id }) => id)
  const found = (await practice.sources(work, period)).map(({ source, ids }) => differences(source, at, here, ids))
  const lines = [...new Set(list.split(/\r?\n/).map((line) => normal(line.split(/[,;\t]/)[0]!)).filter(Boolean))]
  if (lines.length === 0) return found
  const keyOf = await practice.keysOf(work, here)
  const keys = new Map(here.map((id) => [normal(keyOf(id)), id]))
  return [...found, differences('a list that was given', at, here, lines.map((line) => keys.get(line) ?? line))]
}

const normal = (line: string): string => line.trim().replace(/^"|"$/g, '').normalize('NFKC').toLowerCase()

function differences(source: string, compared_at: string, here: readonly string[], there: readonly string[]): ComparedSource {
  const [ours, theirs] = [new Set(here), new Set(there)]
  return { source, compared_at, members: theirs.size, only_here: [...ours].filter((id) => !theirs.has(id)),
    only_there: [...theirs].filter((id) => !ours.has(id)) }
}

async function keep({ tx, actor }: Work, population: Population): Promise<string> {
  const id = tx.newId()
  const [keyId, text] = [await newSubjectKey(tx, 'sample', id), `${canonical(population)}\n`]
  const { practice, from, to, size, members } = population
  const { entryId } = await append(tx, populationFixed, {
    subjects: { sample: id }, marks: { of: practice }, keyId,
    facts: { from, to, members: members.length, size, population_sha256: createHash('sha256').update(text).digest('hex') },
  })
  await tx.db.insertInto('samples').values({
    organization_id: tx.organizationId, id, practice, from_day: from, to_day: to, size, key_id: keyId,
    population: await sealText(tx, keyId, filePlace(id, 'population'), text), fixed_by: drawer(actor), fixed_at: timestampOf(tx.now), fixed_entry_id: entryId,
  }).execute()
  return id
}
