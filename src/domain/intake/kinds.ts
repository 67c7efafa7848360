import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

const ofMessage = { stream: 'disclosure', subjects: ['message'], vouch: 'both' } as const

/** The clock of what may be a report runs from here too: nothing waits unseen because a machine could not read it. */
export const messageQuarantined = defineKind({
  kind: 'message.quarantined',
  about: 'A mail arrived that a person has to look at, because it could not be taken apart.',
  ...ofMessage, marks: z.object({}), facts: z.object({ why: z.string(), size: z.int(), sha256: z.string() }),
})
export const messageBroughtIn = defineKind({
  kind: 'message.brought-in',
  about: 'Somebody of the team brought in, as a file, a mail that had come another way. The clock of what becomes of it runs from here.',
  ...ofMessage, marks: z.object({}), facts: z.object({ size: z.int(), sha256: z.string() }),
})
export const messageSettled = defineKind({
  kind: 'message.settled',
  about: 'A person looked at a quarantined mail and made a report of it, or discarded it.',
  ...ofMessage, marks: z.object({ as: z.enum(['report', 'discarded']) }), facts: z.object({}),
})
