import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

export const responsibilitiesSet = defineKind({
  kind: 'responsibilities.set', about: 'Who is responsible and accountable for an area, and who is consulted and informed, was written down.',
  stream: 'people', subjects: [], vouch: 'company', marks: z.object({}),
  facts: z.object({ area: z.string(), parts: z.record(z.string(), z.array(z.string())) }),
})
