/** The parsed rule of one commitment. The grammar is in docs/formats/commitments.md. */
export interface KindPattern { readonly kind: string; readonly where: readonly Filter[] }

/** `where severity is critical or high`, `where by is not machine`. An entry without the mark matches only a negated filter. */
export interface Filter { readonly mark: string; readonly negated: boolean; readonly values: readonly string[] }

export type Unit = 'minutes' | 'hours' | 'days' | 'business days' | 'weeks' | 'months' | 'quarters' | 'years'
export interface Duration { readonly count: number; readonly unit: Unit }

/** Dwyer's five scopes. */
export type Scope =
  | { readonly scope: 'globally' }
  | { readonly scope: 'before'; readonly r: KindPattern }
  | { readonly scope: 'after'; readonly q: KindPattern }
  | { readonly scope: 'between'; readonly q: KindPattern; readonly r: KindPattern }
  | { readonly scope: 'after until'; readonly q: KindPattern; readonly r: KindPattern }

/** `not counting the time between A and B`. */
export interface Pause { readonly from: KindPattern; readonly to: KindPattern }

export type Pattern =
  /** Every `trigger` is followed by one of `responses` within `within`. */
  | { readonly pattern: 'response'; readonly trigger: KindPattern; readonly responses: readonly KindPattern[]; readonly within: Duration }
  /** `kind` happens at least every `every`; `fixed` = once in each calendar period (`every calendar quarter`). */
  | { readonly pattern: 'recurrence'; readonly kind: KindPattern; readonly every: Duration; readonly fixed: boolean }
  /** `then` happens only after every one of `first`. */
  | { readonly pattern: 'precedence'; readonly then: KindPattern; readonly first: readonly KindPattern[] }
  /** `kind` never happens, or not more than `most` times. */
  | { readonly pattern: 'absence'; readonly kind: KindPattern; readonly most: number }
  /** `check` always passes, checked at least every `every`. */
  | { readonly pattern: 'universality'; readonly check: KindPattern; readonly every: Duration }

export interface Rule {
  readonly body: Pattern
  readonly scope: Scope
  /** `For each KIND,`: one monitor per subject of that kind. Absent: per subject that the entries share. */
  readonly forEach?: string
  readonly pauses: readonly Pause[]
  readonly owner?: string
}
