import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

export const acceptanceAsked = defineKind({
  kind: 'acceptance.asked', about: 'A person was asked to accept a version of a policy.',
  stream: 'people', subjects: ['person', 'policy'], vouch: 'machine', marks: z.object({ policy: z.string() }),
  facts: z.object({ policy: z.string(), version: z.number(), text_sha256: z.string() }),
})
