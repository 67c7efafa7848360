/**
 * How a look ended. `yes` and `no` are answers of what was asked; a `hint` is worth a glance and may well be nothing; `unchecked` could not be
 * looked at, and says why.
 */
export type Mark = 'yes' | 'no' | 'hint' | 'unchecked'

export interface Fact {
  /** What was looked at, as the report has it. */
  readonly about: string
  readonly mark: Mark
  /** What was found, in a few words. */
  readonly says: string
  /** Where it can be seen: a page of ours. */
  readonly to?: string
}

export const checks = ['scope', 'source', 'known', 'severity', 'evidence'] as const
export type Check = (typeof checks)[number]

export interface Group {
  readonly check: Check
  /** What it was checked against. */
  readonly against: string
  readonly facts: readonly Fact[]
}
