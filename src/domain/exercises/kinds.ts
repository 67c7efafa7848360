import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

/** In the stream of people, which is sealed: in a public one the team would read of an exercise before it comes. */
const exercise = { stream: 'people', subjects: ['exercise'], vouch: 'company', marks: z.object({}) } as const

export const exercisePlanned = defineKind({
  kind: 'exercise.planned', about: 'Two people decided that the team is sent a harmless phishing mail.', ...exercise,
  facts: z.object({ subject: z.string(), first_day: z.string(), last_day: z.string(), people: z.number() }),
})

/** Figures of the whole team; none where fewer than five were sent the mail. */
export const exerciseCompleted = defineKind({
  kind: 'exercise.completed', about: 'An exercise against phishing was completed, and its links no longer lead to anybody.', ...exercise, vouch: 'machine',
  facts: z.object({ sent: z.number(), opened: z.number().optional(), reported: z.number().optional() }),
})
