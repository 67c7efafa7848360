import type { Cases } from './cases.ts'
import { monitorsOf, type Commitment } from './commitment.ts'

/** What a commitment has made somebody owe, and nobody has done yet. Moments are milliseconds since 1970 UTC. */
export interface Duty {
  readonly policy: string
  readonly mark: string
  /** The kinds of entries of which one discharges it. */
  readonly what: readonly string[]
  /** What it is about, by pseudonym. */
  readonly cases: Cases
  readonly owner?: string
  readonly opened_at: number
  /** Absent while its clock stands still. */
  readonly due_at?: number
  readonly overdue: boolean
}

/** The duties of a commitment about cases that are wanted; of a withdrawn one, those that had begun before. */
export function dutiesOf(commitment: Commitment, wanted: (cases: Cases) => boolean): Duty[] {
  const { policy, mark, terms } = commitment
  if (!terms) return []
  const obligations = monitorsOf(commitment).flatMap((monitor) =>
    monitor.obligations().filter(({ cases }) => wanted(cases)).map((obligation) => ({ ...obligation, owner: monitor.at.rule.owner })))
  const duties = obligations.map(({ what, cases, openedAt, dueAt, overdue, owner = terms.owner }): Duty => ({
    policy, mark, what, cases, ...owner !== undefined && { owner }, opened_at: openedAt, ...dueAt !== undefined && { due_at: dueAt }, overdue,
  }))
  return [...duties, ...renewal(commitment).filter(({ cases }) => wanted(cases))]
}

/** The company's word ends: somebody has to give it anew. */
function renewal({ policy, mark, terms, attestation, withdrawnAt }: Commitment): Duty[] {
  if (!attestation || withdrawnAt !== undefined) return []
  const owner = terms?.owner
  return [{
    policy, mark, what: ['absence.attested'], cases: {}, ...owner !== undefined && { owner },
    opened_at: attestation.at, due_at: attestation.until, overdue: false,
  }]
}

/** A promise in force that an entry would break if it came now, because something else has to come first. */
export interface Unmet {
  readonly policy: string
  readonly mark: string
  readonly sentence: string
  /** The kinds that have not come. */
  readonly what: readonly string[]
}
