import type { Monitor, SavedMonitor } from './monitor.ts'
import type { Rule } from './rule.ts'
import type { SavedTally, Tally } from './tally.ts'

export type Publication = 'private' | 'auditor' | 'public'

/** What one version of a policy says about one of its marks. */
export interface Terms {
  readonly policy: string
  readonly mark: string
  readonly sentence: string
  /** As written. */
  readonly ruleText: string
  readonly owner?: string
  publication: Publication
  publicFrom?: string
  readonly version: number
  readonly inForceAt: number
}

export interface RuleChange { readonly at: number; readonly from: string; readonly to: string }

/** One promised sentence through all versions of its policy: the mark is its identity, the record is one. */
export interface Commitment {
  readonly policy: string
  readonly mark: string
  readonly tally: Tally
  /** Undefined until a version that has it is in force. */
  terms?: Terms
  /** The monitor of the rule in force; none where the rule cannot be read. */
  current?: Monitor
  /** Monitors of earlier rules, under which something is open still. */
  readonly finishing: Monitor[]
  /** Since when it has been judged without a break. */
  judgedSince?: number
  withdrawnAt?: number
  /** The company's dated word that what should not happen has not happened. */
  attestation?: { at: number; index: number; until: number }
  explanation?: { at: number; text: string }
  readonly changes: RuleChange[]
}

export interface SavedCommitment extends Omit<Commitment, 'tally' | 'current' | 'finishing'> {
  readonly tally: SavedTally
  readonly current?: { readonly rule: Rule; readonly monitor: SavedMonitor }
  readonly finishing: { readonly rule: Rule; readonly monitor: SavedMonitor }[]
}

export const monitorsOf = ({ current, finishing }: Commitment): Monitor[] => current ? [current, ...finishing] : [...finishing]
