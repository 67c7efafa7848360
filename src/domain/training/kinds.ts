import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

/** An organisation's own course; what it asks and how it is judged is in the version whose hash stands here. A package judges itself. */
export const coursePublished = defineKind({
  kind: 'course.published', about: 'A version of a course is there for the team.',
  stream: 'systems', subjects: ['course'], vouch: 'company', marks: z.object({ course: z.string() }),
  facts: z.object({
    course: z.string(), title: z.string(), version: z.number(), text_sha256: z.string(), minutes: z.number(), pass_mark: z.number(), questions: z.number(),
    standard: z.string().optional(),
  }),
})
export const courseWithdrawn = defineKind({
  kind: 'course.withdrawn', about: 'A course is no longer given. What was passed stays passed.',
  stream: 'systems', subjects: ['course'], vouch: 'company', marks: z.object({ course: z.string() }), facts: z.object({}),
})
