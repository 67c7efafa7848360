import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

/* The engine of avow-verify reads these facts, on the server and outside of it: their shape is a published format. */

export const publications = ['private', 'auditor', 'public'] as const
export type Publication = (typeof publications)[number]

/** A moment as the ledger writes it: `2026-03-01T09:00:00Z`. */
const Moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/)
const ofPolicy = { stream: 'policies', subjects: ['policy'], vouch: 'company', open: true } as const

/** How a commitment's standing is shown: to nobody but the team, to auditors, or to everybody from a date. */
const shown = { publication: z.enum(publications), public_from: Moment.optional() }

const PublishedCommitment = z.object({
  mark: z.string(),
  sentence: z.string(),
  /** Canonical text of the rule. */
  rule: z.string(),
  owner: z.string().optional(),
  ...shown,
})
export type PublishedCommitment = z.output<typeof PublishedCommitment>

export const policyPublished = defineKind({
  kind: 'policy.published',
  about: 'A version of a policy was approved and takes force at a date, with its commitments. Those that it no longer makes end then.',
  ...ofPolicy,
  marks: z.object({ policy: z.string(), significant: z.enum(['yes', 'no']) }),
  facts: z.object({
    policy: z.string(),
    title: z.string(),
    version: z.number(),
    text_sha256: z.string(),
    in_force_at: Moment,
    significant: z.boolean(),
    summary: z.string(),
    /** How many people approved it; one only where nobody else could. */
    approvals: z.number(),
    commitments: z.array(PublishedCommitment),
    /** Marks whose rule is another one than in the version before, and marks that are no longer carried. */
    changed: z.array(z.string()),
    withdrawn: z.array(z.string()),
    requests: z.number(),
    permissions: z.number(),
  }),
})

export const policyChangedSignificantly = defineKind({
  kind: 'policy.changed-significantly',
  about: 'A new version changes what people may rely on, so that they are to be told.',
  ...ofPolicy,
  marks: z.object({ policy: z.string() }),
  facts: z.object({ policy: z.string(), version: z.number(), summary: z.string(), in_force_at: Moment }),
})

export const policyWithdrawn = defineKind({
  kind: 'policy.withdrawn',
  about: 'A policy is no longer in force, and none of its commitments binds what happens from now on.',
  ...ofPolicy,
  marks: z.object({ policy: z.string() }),
  facts: z.object({ policy: z.string(), reason: z.string() }),
})

export const commitmentPublished = defineKind({
  kind: 'commitment.published',
  about: 'Who is shown a commitment’s standing was changed.',
  ...ofPolicy,
  marks: z.object({ policy: z.string() }),
  facts: z.object({ policy: z.string(), mark: z.string(), ...shown }),
})

export const commitmentExplained = defineKind({
  kind: 'commitment.explained',
  about: 'The company says how it came to miss a target. It stands beside the record and changes nothing in it.',
  ...ofPolicy,
  marks: z.object({ policy: z.string() }),
  facts: z.object({ policy: z.string(), mark: z.string(), explanation: z.string() }),
})
