import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const ofSample = { stream: 'practices', subjects: ['sample'], vouch: 'company', marks: z.object({ of: z.string() }) } as const

export const populationFixed = defineKind({
  kind: 'population.fixed', about: 'Whom an auditor’s sample is drawn of was fixed, before anybody could know who will be drawn.',
  ...ofSample, facts: z.object({ from: z.iso.date(), to: z.iso.date(), members: z.number(), size: z.number(), population_sha256: Sha256 }),
})
export const sampleDrawn = defineKind({
  kind: 'sample.drawn', about: 'A sample was drawn of a population that was fixed before, by a checkpoint that came after.',
  ...ofSample, facts: z.object({ population_sha256: Sha256, checkpoint_size: z.number(), words: z.string(), index_sha256: Sha256 }),
})
