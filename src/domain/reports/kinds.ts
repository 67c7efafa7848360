import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { channels, closingReasons, reopeningReasons, severities } from './report.ts'

const noFacts = z.object({})
const by = z.enum(['human', 'machine'])
const severity = z.enum(severities)
/** Commits to each line of a message apart, so that a publication can leave some out: docs/formats/redaction.md. */
const parts = z.string().optional()
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
  /* Absent where nothing was said, as in every report from before they were asked. */
  version: z.string().optional(),
  endpoint: z.string().optional(),
  parameter: z.string().optional(),
  expected_result: z.string().optional(),
  cvss: z.string().optional(),
  /** Why a field is empty, by its name. */
  reasons: z.record(z.string(), z.string()).optional(),
  /** A report that somebody of the team entered: by which way it had come, and when, in their word. */
  arrived_by: z.string().optional(),
  arrived_at: z.string().optional(),
  /** The reference of the report that it was split off from. */
  split_from: z.string().optional(),
})
export type ReportedFacts = z.output<typeof ReportedFacts>

export const reportReceived = defineKind({
  kind: 'report.received',
  about: 'A report of a weakness arrived.',
  // `parts` commits to each part of the facts apart: docs/formats/duplicates.md.
  ...ofReport, marks: z.object({ channel: z.enum(channels), parts: z.string().optional() }), facts: ReportedFacts,
})
export const reportDeposited = defineKind({
  kind: 'report.deposited',
  about: 'A report was taken in that nobody reads yet: intake is paused until a day that was announced, or its sender is blocked.',
  ...ofReport, marks: z.object({ channel: z.enum(channels), because: z.enum(['paused', 'blocked']), parts: z.string().optional() }),
  facts: ReportedFacts,
})
export const reportAcknowledged = defineKind({
  kind: 'report.acknowledged',
  about: 'Somebody told the reporter that the report was read.',
  ...ofReport, marks: z.object({ by, parts }), facts: z.object({ message: z.string() }),
})
export const questionAsked = defineKind({
  kind: 'report.question-asked',
  about: 'The team asked the reporter something and waits for the answer.',
  ...ofReport, marks: z.object({ by, parts }), facts: z.object({ message: z.string() }),
})
export const answered = defineKind({
  kind: 'report.answered',
  about: 'The reporter wrote.',
  ...ofReport, marks: z.object({ parts }), facts: z.object({ message: z.string() }),
})
export const waitingEnded = defineKind({
  kind: 'report.waiting-ended',
  about: 'The team no longer waits for the reporter: they answered, they did not in time, or the team went on without.',
  ...ofReport, vouch: 'machine', marks: z.object({ because: z.enum(['answered', 'unanswered', 'moved-on']) }), facts: noFacts,
})
export const updateSent = defineKind({
  kind: 'report.update-sent',
  about: 'The team wrote to the reporter.',
  ...ofReport, marks: z.object({ by, parts }), facts: z.object({ message: z.string() }),
})
export const verificationStarted = defineKind({
  kind: 'report.verification-started',
  about: 'Somebody began to reproduce the weakness.',
  ...ofReport, marks: z.object({ by }), facts: noFacts,
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
export const fixStarted = defineKind({
  kind: 'report.fix-started',
  about: 'Somebody began to make the fix.',
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
  ...ofReport, marks: z.object({ by, severity, parts }), facts: z.object({ message: z.string() }),
})
export const reportClosed = defineKind({
  kind: 'report.closed',
  about: 'The report was closed without a fix, for a reason.',
  ...ofReport, marks: z.object({ by, reason: z.enum(closingReasons), parts }), facts: z.object({ message: z.string() }),
})
export const reportReopened = defineKind({
  kind: 'report.reopened',
  about: 'A report that was done or closed was opened again, for a reason.',
  ...ofReport, marks: z.object({ by, reason: z.enum(reopeningReasons), parts }), facts: z.object({ message: z.string() }),
})
export const retestRequested = defineKind({
  kind: 'retest.requested',
  about: 'The reporter was asked to try whether the fix holds.',
  ...ofReport, marks: z.object({ by, parts }), facts: z.object({ message: z.string() }),
})
const retested = {
  ...ofReport, marks: z.object({ by, side: z.enum(['reporter', 'team']), severity, parts }), facts: z.object({ message: z.string() }),
} as const
export const retestPassed = defineKind({ kind: 'retest.passed', about: 'The fix was tried and holds.', ...retested })
export const retestFailed = defineKind({ kind: 'retest.failed', about: 'The fix was tried and does not hold.', ...retested })
export const originalNamed = defineKind({
  kind: 'report.original-named',
  about: 'A report that was closed as a duplicate was tied to the earlier record that it repeats.',
  ...ofReport, vouch: 'company',
  marks: z.object({ by, original: z.enum(['report', 'finding']) }), facts: z.object({ index: z.number(), leaf_sha256: z.string() }),
})

/* Who sees a case is about people: sealed, and under another pseudonym than the case itself. */
const ofCase = { stream: 'people', marks: noFacts, facts: noFacts, vouch: 'machine' } as const

export const reportRestricted = defineKind({
  kind: 'report.restricted', about: 'A report was restricted to the people who are added to it.', subjects: ['report', 'person'], ...ofCase,
})
export const reportOpenedToTeam = defineKind({
  kind: 'report.opened-to-team', about: 'A restricted report was opened to the team again.', subjects: ['report'], ...ofCase,
})
export const personAdded = defineKind({
  kind: 'report.person-added', about: 'Somebody was added to a restricted report.', subjects: ['report', 'person'], ...ofCase,
})
export const personRemoved = defineKind({
  kind: 'report.person-removed', about: 'Somebody was taken off a restricted report.', subjects: ['report', 'person'], ...ofCase,
})

export const reportSplit = defineKind({
  kind: 'report.split',
  about: 'A report that held several weaknesses was split: each got a report of its own, and the first stays as it is.',
  ...ofReport, vouch: 'company', marks: z.object({ by }), facts: z.object({ into: z.array(z.string()) }),
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
