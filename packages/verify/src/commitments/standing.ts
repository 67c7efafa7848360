import type { Commitment, Publication, RuleChange } from './commitment.ts'
import type { Engine } from './engine.ts'
import { monitorsOf } from './commitment.ts'
import type { Month } from './months.ts'
import type { Decision } from './tally.ts'
import { strengthOf, vouchers, type Vouch } from './vouch.ts'

export type StandingName = 'kept' | 'due' | 'broken' | 'idle' | 'unproven'

/** How one commitment stands. All moments are milliseconds since 1970 UTC. See docs/formats/standings.md. */
export interface Standing {
  readonly policy: string
  readonly mark: string
  readonly sentence: string
  /** The rule as it is written in the version in force. */
  readonly rule: string
  readonly version: number
  readonly publication: Publication
  /** ISO date from which it is public. */
  readonly public_from?: string
  readonly owner?: string
  readonly standing: StandingName
  readonly since: number
  /** When the next open obligation falls due; where it is broken, when the oldest one that is still unmet did. */
  readonly due_at?: number
  /** The weakest voucher of what was decided in the months shown; while nothing was, of what meets the running periods; else absent. */
  readonly vouch?: Vouch
  readonly record: Record
  /** Thirteen months, the running one last, in UTC. */
  readonly months: readonly Month[]
  readonly recorded_late: number
  readonly corrected: number
  /** The company's latest word about a missed target. */
  readonly explanation?: { readonly at: number; readonly text: string }
  /** The company's latest word that what should never happen has not happened, and how long it holds. */
  readonly attested?: { readonly at: number; readonly until: number }
  readonly withdrawn_at?: number
  readonly changes: readonly RuleChange[]
  /** The latest decided instances, newest first, with the indices of the entries that decided them. */
  readonly evidence: readonly Decision[]
  readonly misses: readonly Decision[]
}

export interface Record {
  /** Decided instances: in time, missed, and corrected ones. */
  readonly total: number
  readonly in_time: number
  readonly missed: number
  /** Obligations that are open now, overdue ones among them. */
  readonly open: number
  /** How long they took, within 1 %. */
  readonly median_ms?: number
}

const EVIDENCE = 10

/** Undefined for what is in no version in force yet. */
export function standingOf(commitment: Commitment, engine: Engine): Standing | undefined {
  const { terms, tally, explanation, attestation, withdrawnAt } = commitment
  if (!terms) return undefined
  const { policy, mark, sentence, ruleText, version, publication, publicFrom, owner } = terms
  const { standing, since, vouch } = headline(commitment, engine)
  const due = dueAt(commitment, standing)
  const median = tally.durations.median()
  return {
    policy, mark, sentence, rule: ruleText, version, publication,
    ...publicFrom !== undefined && { public_from: publicFrom }, ...owner !== undefined && { owner },
    standing, since, ...due !== undefined && { due_at: due }, ...vouch && { vouch },
    record: {
      total: tally.total, in_time: tally.inTime, missed: tally.missed, open: tally.now.due + tally.now.broken,
      ...median !== undefined && { median_ms: median },
    },
    months: tally.months.list(engine.now), recorded_late: tally.recordedLate, corrected: tally.corrected,
    ...explanation && { explanation }, ...attestation && { attested: { at: attestation.at, until: attestation.until } },
    ...withdrawnAt !== undefined && { withdrawn_at: withdrawnAt },
    changes: commitment.changes, evidence: tally.decisions.slice(0, EVIDENCE), misses: tally.misses.slice(0, EVIDENCE),
  }
}

interface Headline { readonly standing: StandingName; readonly since: number; readonly vouch?: Vouch | undefined }

function headline({ tally, current, terms, attestation, withdrawnAt, judgedSince }: Commitment, engine: Engine): Headline {
  const vouch = vouchers[tally.months.weakest(engine.now) ?? (tally.state === 'kept' ? current?.covering() : undefined) ?? -1]
  const state = { standing: tally.state, since: tally.state === 'idle' ? judgedSince ?? terms!.inForceAt : tally.since, vouch }
  if (withdrawnAt !== undefined || tally.state === 'broken') return state
  if (!current || current.judgesFrom === undefined) {
    // An absence that nothing feeds can still be vouched for by the company's own dated word.
    return current?.at.rule.body.pattern === 'absence' ? attested(attestation, engine) ?? unproven(terms!.inForceAt) : unproven(terms!.inForceAt)
  }
  const { body } = current.at.rule
  if (body.pattern !== 'absence') return state
  const feeding = [...engine.sources.values()].filter(({ kinds }) => kinds.includes(body.kind.kind))
  const independent = Math.max(-1, ...feeding.map(({ strength }) => strength))
  if (independent >= strengthOf('third-party')) return { ...state, vouch: vouchers[independent] }
  return attested(attestation, engine) ?? unproven(attestation?.until ?? terms!.inForceAt)
}

const unproven = (since: number): Headline => ({ standing: 'unproven', since })

function attested(attestation: Commitment['attestation'], { now }: Engine): Headline | undefined {
  return attestation && now < attestation.until ? { standing: 'kept', since: attestation.at, vouch: 'company' } : undefined
}

function dueAt(commitment: Commitment, standing: StandingName): number | undefined {
  if (standing === 'unproven') return undefined
  const obligations = monitorsOf(commitment).flatMap((monitor) => monitor.obligations())
  const due = obligations.filter(({ overdue }) => overdue === (standing === 'broken')).flatMap((obligation) => obligation.dueAt ?? [])
  return due.length === 0 ? undefined : due.reduce((a, b) => Math.min(a, b))
}
