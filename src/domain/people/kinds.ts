import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { lists } from './tables.ts'

export const itemDone = defineKind({
  kind: 'checklist.item-done', about: 'One thing on the list of a joiner, a mover or a leaver was done.',
  stream: 'people', subjects: ['person'], vouch: 'company', marks: z.object({ list: z.enum(lists), late: z.enum(['yes', 'no']) }),
  facts: z.object({ item: z.string(), due_on: z.string() }),
})
export const populationImported = defineKind({
  kind: 'population.imported', about: 'The team was held against a file: who is of it, as another system says. The hash names the file.',
  stream: 'people', subjects: [], vouch: 'company', marks: z.object({ source: z.enum(['csv']) }),
  facts: z.object({ file_sha256: z.string(), rows: z.number(), added: z.number(), changed: z.number(), ended: z.number() }),
})
export const responsibilitiesSet = defineKind({
  kind: 'responsibilities.set', about: 'Who is responsible and accountable for an area, and who is consulted and informed, was written down.',
  stream: 'people', subjects: [], vouch: 'company', marks: z.object({}),
  facts: z.object({ area: z.string(), parts: z.record(z.string(), z.array(z.string())) }),
})
