import { z } from 'zod'
import { holdable } from '../../seal/holds.ts'
import { defineKind } from '../../ledger/index.ts'

/* In the people's stream, which is sealed: that there is a dispute about somebody is nobody else's business. */
const ofHold = { stream: 'people', subjects: ['hold'], optional: holdable, marks: z.object({ of: z.enum(holdable) }), vouch: 'company' } as const

export const holdPlaced = defineKind({
  kind: 'hold.placed', about: 'A legal hold was placed: what it covers is not erased, whoever asks, until it is lifted.',
  ...ofHold, facts: z.object({ reason: z.string(), all: z.boolean() }),
})
export const holdLifted = defineKind({
  kind: 'hold.lifted', about: 'A legal hold was lifted: erasure goes on for what no other hold covers.',
  ...ofHold, facts: z.object({ reason: z.string() }),
})
