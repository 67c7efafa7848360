import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

/** Written by nothing but the confirmation of a first day, so that nobody begins past what the policies ask for. */
export const personStarted = defineKind({
  kind: 'person.started', about: 'A person’s first day of work.',
  stream: 'people', subjects: ['person'], vouch: 'company', marks: z.object({}),
  facts: z.object({
    first_day: z.iso.date(),
    overridden: z.object({ reason: z.string(), missing: z.array(z.object({ policy: z.string(), mark: z.string() })) }).nullable()
      .describe('What was missing, where two people confirmed the day all the same'),
  }),
})
