import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { grounds } from './tables.ts'

const against = z.enum(grounds)
const ofReport = { stream: 'disclosure', subjects: ['report'], vouch: 'both' } as const

export const reportAppealed = defineKind({
  kind: 'report.appealed',
  about: 'The reporter objected: to a closure as spam, to being blocked, or to being read last.',
  ...ofReport, marks: z.object({ against, parts: z.string().optional() }), facts: z.object({ message: z.string() }),
})
export const appealDecided = defineKind({
  kind: 'report.appeal-decided',
  about: 'Somebody decided about the reporter’s objection.',
  ...ofReport, marks: z.object({ by: z.enum(['human', 'machine']), against, outcome: z.enum(['upheld', 'reopened']), parts: z.string().optional() }),
    facts: z.object({ message: z.string() }),
})
export const senderBlocked = defineKind({
  kind: 'sender.blocked',
  about: 'Whoever sent a report was blocked, with a reason that they read.',
  stream: 'people', subjects: ['report'], marks: z.object({ by: z.enum(['human', 'machine']) }), facts: z.object({ reason: z.string() }), vouch: 'company',
})
export const senderUnblocked = defineKind({
  kind: 'sender.unblocked',
  about: 'The block of whoever sent a report was lifted.',
  stream: 'people', subjects: ['report'], marks: z.object({ by: z.enum(['human', 'machine']) }), facts: z.object({}), vouch: 'company',
})
