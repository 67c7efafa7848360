import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

/* Who sees a case is about people: sealed, and under another pseudonym than the case itself. */
const ofCase = { stream: 'people', subjects: ['report', 'guest'], marks: z.object({ role: z.enum(['guest', 'mediator']) }), vouch: 'machine' } as const

export const guestInvited = defineKind({
  kind: 'guest.invited', about: 'Somebody from outside was let into one case, as far as the entry says.', ...ofCase,
  facts: z.object({ report: z.boolean(), files: z.boolean(), messages: z.boolean(), until: z.string() }),
})
export const guestRemoved = defineKind({
  kind: 'guest.removed', about: 'Somebody from outside who was let into a case sees nothing of it any more.', ...ofCase, facts: z.object({}),
})

const side = z.enum(['reporter', 'team'])
const ofReport = { stream: 'disclosure', subjects: ['report'], vouch: 'both' } as const

/** How a mediation ended. */
export const outcomes = ['agreed', 'for the reporter', 'for the team', 'open'] as const

export const mediationRequested = defineKind({
  kind: 'mediation.requested', about: 'One side called in a named person outside the team.', ...ofReport, marks: z.object({ side }), facts: z.object({}),
})
export const mediationConcluded = defineKind({
  kind: 'mediation.concluded', about: 'The mediator told both sides how the mediation ended.', ...ofReport, vouch: 'third-party',
  marks: z.object({ outcome: z.enum(outcomes) }), facts: z.object({ message: z.string() }),
})
