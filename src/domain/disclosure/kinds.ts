import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

const ofReport = { stream: 'disclosure', subjects: ['report'], vouch: 'both' } as const
const side = z.enum(['company', 'reporter', 'guest'])
const dated = z.object({ until: z.string(), zone: z.string() })
const noMarks = z.object({})

export const embargoProposed = defineKind({
  kind: 'embargo.proposed', about: 'One party proposed to keep a report to themselves until an instant.', ...ofReport,
  marks: z.object({ side }), facts: dated.extend({ reason: z.string() }),
})
export const embargoAccepted = defineKind({
  kind: 'embargo.accepted', about: 'A party accepted the embargo that was proposed.', ...ofReport, marks: z.object({ side }), facts: dated,
})
export const embargoDeclined = defineKind({
  kind: 'embargo.declined', about: 'A party declined the embargo that was proposed, for a reason.', ...ofReport,
  marks: z.object({ side }), facts: z.object({ reason: z.string() }),
})
export const embargoAgreed = defineKind({
  kind: 'embargo.agreed', about: 'Company and reporter accepted the same instant.', ...ofReport, marks: noMarks, facts: dated,
})
export const embargoExtended = defineKind({
  kind: 'embargo.extended-by-both',
  about: 'Company and reporter each accepted to wait longer with publication than they had agreed, or than the programme does by itself.',
  ...ofReport, marks: noMarks, facts: dated,
})
export const embargoEndedEarly = defineKind({
  kind: 'embargo.ended-early', about: 'An embargo ended before its time, and every party was told why.', ...ofReport, vouch: 'company',
  marks: z.object({ reason: z.enum(['leak', 'exploitation', 'other']) }), facts: z.object({ note: z.string() }),
})

export const disclosureRequested = defineKind({
  kind: 'disclosure.requested', about: 'One side asked to publish a report, at once or at an instant.', ...ofReport,
  marks: z.object({ side }), facts: z.object({ on: z.string(), zone: z.string(), reason: z.string() }),
})
export const disclosureAgreed = defineKind({
  kind: 'disclosure.agreed', about: 'Company and reporter agreed to publish.', ...ofReport, marks: noMarks,
    facts: z.object({ on: z.string(), zone: z.string() }),
})
export const disclosureDeclined = defineKind({
  kind: 'disclosure.declined', about: 'One side declined the publication that the other asked for, for a reason.', ...ofReport,
  marks: z.object({ side }), facts: z.object({ reason: z.string() }),
})
export const textApproved = defineKind({
  kind: 'disclosure.text-approved', about: 'One side approved the text that is to be published.', ...ofReport, marks: z.object({ side }), facts: z.object({}),
})
export const disclosedByReporter = defineKind({
  kind: 'report.disclosed-by-reporter',
  about: 'The reporter made the weakness public. It is no deed of the company, and breaks no promise of it.',
  ...ofReport, marks: z.object({ told_by: z.enum(['company', 'reporter']) }), facts: z.object({ where: z.string() }),
})
