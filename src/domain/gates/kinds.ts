import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

/* How reports are let in is a promise to those who send them: public at once. */
const ofIntake = { stream: 'policies', subjects: [], marks: z.object({}), vouch: 'company', open: true } as const

export const gatesConfigured = defineKind({
  kind: 'gates.configured',
  about: 'What is asked of whoever reports something was changed.',
  ...ofIntake,
  facts: z.object({
    trial_open: z.number(), per_sender: z.number(), per_network: z.number(), known_after: z.number(), proof_of_work: z.boolean(), wait_seconds: z.number(),
    required: z.array(z.string()),
  }),
})
export const intakePaused = defineKind({
  kind: 'intake.paused',
  about: 'Reports are deposited until an announced date and read from then on.',
  ...ofIntake, facts: z.object({ until: z.iso.datetime(), words: z.string() }),
})
export const intakeResumed = defineKind({
  kind: 'intake.resumed',
  about: 'Reports are read again as they arrive.',
  ...ofIntake, facts: z.object({ announced: z.iso.datetime() }),
})
export const reporterVouched = defineKind({
  kind: 'reporter.vouched',
  about: 'A reporter whose report was accepted gave out a code that speaks for somebody else.',
  stream: 'people', subjects: ['report'], marks: z.object({}), facts: z.object({}), vouch: 'both',
})
