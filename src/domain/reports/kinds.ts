import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { closingReasons, severities } from './report.ts'

const noFacts = z.object({})
const by = z.enum(['human', 'machine'])
const severity = z.enum(severities)
const ofReport = { stream: 'disclosure', subjects: ['report'], vouch: 'both' } as const

/** What was reported, word for word: with its salts this is what a receipt's content file opens. No word about who the reporter is. */
export const ReportedFacts = z.object({
  reference: z.string(),
  title: z.string(),
  asset: z.string().nullable(),
  weakness: z.string(),
  description: z.string(),
  steps: z.string(),
  proof_of_concept: z.string(),
  impact: z.string(),
  tools: z.array(z.object({ name: z.string(), version: z.string(), output: z.string() })),
  skipped: z.string(),
  attachments: z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() })),
  policy: z.object({ slug: z.string(), version: z.number(), sha256: z.string() }).nullable(),
  good_faith_declared: z.boolean(),
})
export type ReportedFacts = z.output<typeof ReportedFacts>

export const reportReceived = defineKind({
  kind: 'report.received',
  about: 'A report of a weakness arrived.',
  ...ofReport, marks: z.object({ channel: z.enum(['web', 'api']) }), facts: ReportedFacts,
})
export const reportAcknowledged = defineKind({
  kind: 'report.acknowledged',
  about: 'Somebody told the reporter that the report was read.',
  ...ofReport, marks: z.object({ by }), facts: z.object({ message: z.string() }),
})
export const questionAsked = defineKind({
  kind: 'report.question-asked',
  about: 'The team asked the reporter something and waits for the answer.',
  ...ofReport, marks: z.object({ by }), facts: z.object({ message: z.string() }),
})
export const answered = defineKind({
  kind: 'report.answered',
  about: 'The reporter wrote.',
  ...ofReport, marks: z.object({}), facts: z.object({ message: z.string() }),
})
export const reportVerified = defineKind({
  kind: 'report.verified',
  about: 'The weakness was reproduced and its severity judged.',
  ...ofReport, marks: z.object({ by, severity }), facts: z.object({ cvss: z.string() }),
})
export const reportAccepted = defineKind({
  kind: 'report.accepted',
  about: 'The company will fix it.',
  ...ofReport, marks: z.object({ by, severity }), facts: noFacts,
})
export const reportFixed = defineKind({
  kind: 'report.fixed',
  about: 'The fix is live.',
  ...ofReport, marks: z.object({ by, severity }), facts: noFacts,
})
export const reportResolved = defineKind({
  kind: 'report.resolved',
  about: 'The reporter was told and the report is done.',
  ...ofReport, marks: z.object({ by, severity }), facts: z.object({ message: z.string() }),
})
export const reportClosed = defineKind({
  kind: 'report.closed',
  about: 'The report was closed without a fix, for a reason.',
  ...ofReport, marks: z.object({ by, reason: z.enum(closingReasons) }), facts: z.object({ message: z.string() }),
})

const ofAsset = { stream: 'policies', subjects: ['asset'], vouch: 'company', open: true } as const

export const assetListed = defineKind({
  kind: 'asset.listed',
  about: 'Something was put in the scope of the programme, or out of it.',
  ...ofAsset, marks: z.object({ scope: z.enum(['in', 'out']) }), facts: z.object({ name: z.string(), kind: z.string(), locator: z.string(), note: z.string() }),
})
export const assetRetired = defineKind({
  kind: 'asset.retired',
  about: 'Something left the programme’s scope list.',
  ...ofAsset, marks: z.object({}), facts: z.object({ name: z.string() }),
})
