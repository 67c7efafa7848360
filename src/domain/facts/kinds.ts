import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { replayResults } from './tables.ts'

export const reportReplayed = defineKind({
  kind: 'report.replayed',
  about: 'A report’s reproducer was run by the team’s own command, and did what the report says, or did not, or could not be run.',
  stream: 'disclosure', subjects: ['report'], vouch: 'machine', marks: z.object({ result: z.enum(replayResults) }),
  facts: z.object({
    runs: z.array(z.object({ exit_code: z.number().nullable(), ended: z.string(), ms: z.number(), matched: z.boolean() })), problem: z.string(),
  }),
})
