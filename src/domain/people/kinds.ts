import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

export const populationImported = defineKind({
  kind: 'population.imported', about: 'The team was held against a file: who is of it, as another system says. The hash names the file.',
  stream: 'people', subjects: [], vouch: 'company', marks: z.object({ source: z.enum(['csv']) }),
  facts: z.object({ file_sha256: z.string(), rows: z.number(), added: z.number(), changed: z.number(), ended: z.number() }),
})
