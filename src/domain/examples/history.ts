import { z } from 'zod'
import { shippedCourses } from '../training/index.ts'

/** Days since the history begins; 12.5 is noon of the thirteenth day. */
const Day = z.number().min(0).max(400)
/** Days after the report arrived. */
const After = z.number().min(0).max(400)

const ReportStory = z.strictObject({
  day: Day,
  title: z.string(),
  asset: z.string().optional(),
  weakness: z.string().optional(),
  description: z.string(),
  steps: z.string().optional(),
  proof_of_concept: z.string().optional(),
  impact: z.string().optional(),
  tools: z.array(z.strictObject({ name: z.string(), version: z.string(), output: z.string() })).optional(),
  skipped: z.string().optional(),
  name: z.string().optional(),
  acknowledged: After.optional(),
  asked: z.strictObject({ after: After, question: z.string(), answer: z.string().optional(), answered: After.optional() }).optional(),
  note: z.string().optional(),
  verified: After.optional(),
  cvss: z.string().optional(),
  severity: z.string().optional(),
  accepted: After.optional(),
  fixed: After.optional(),
  resolved: After.optional(),
  closed: z.strictObject({ after: After, reason: z.string(), message: z.string(), original: z.string().optional() }).optional(),
})

/**
 * One verb, once or again and again. `{name}` as an input is the id that the deed kept under that name, `{person AS}` somebody's, `{today}` its
 * day, `@FILE` the text of a file of the example, `sha256 @FILE` its hash, as somebody names what they have read. `as` is one of the people,
 * `source SLUG`, `nobody`, or `reporter NAME` for who holds the phrase of a report.
 */
const DeedStory = z.strictObject({
  day: Day,
  verb: z.string(),
  as: z.string().optional(),
  input: z.record(z.string(), z.unknown()).default({}),
  keep: z.string().optional(),
  /** Every so many days, so many times; `skip` leaves out some (the first is 1), `late` delays some by days. */
  repeat: z.strictObject({
    every: z.number().positive(), times: z.int().positive(), skip: z.array(z.int()).default([]), late: z.record(z.string(), z.number()).default({}),
  }).optional(),
})

/** Somebody of the team: the day on which they joined, and the shipped courses that they passed. */
const PersonStory = z.strictObject({
  name: z.string(),
  roles: z.array(z.enum(['admin', 'triager', 'member', 'auditor'])),
  joins: Day.default(0),
  passes: z.array(z.strictObject({ day: Day, course: z.enum(shippedCourses) })).default([]),
})

/** A machine that looks: what it feeds, and how often it looks at what. Its key is made when the example is loaded. */
const SourceStory = z.strictObject({
  slug: z.string(),
  title: z.string(),
  day: Day,
  kinds: z.array(z.string()),
  vouch: z.enum(['machine', 'third-party']),
  checks: z.array(z.strictObject({
    check: z.string(), systems: z.array(z.string()), every: z.number().positive(), failed: z.array(z.int()).default([]), skip: z.array(z.int()).default([]),
  })).default([]),
})

/** `examples/SLUG/history.json`: half a year of an invented organisation. The newest day is today. */
export const History = z.strictObject({
  slug: z.string(),
  name: z.string(),
  zone: z.string(),
  days: z.int().min(30).max(400),
  /** Who acts in it: `admin`, `second admin`, `triager` … with an invented name. */
  people: z.record(z.string(), PersonStory),
  sources: z.array(SourceStory).default([]),
  deeds: z.array(DeedStory),
  reports: z.array(ReportStory),
})
export type History = z.output<typeof History>
export type PersonStory = z.output<typeof PersonStory>
export type ReportStory = z.output<typeof ReportStory>
export type DeedStory = z.output<typeof DeedStory>
export type SourceStory = z.output<typeof SourceStory>
