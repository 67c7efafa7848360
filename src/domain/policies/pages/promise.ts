import type { Month, RecordFigures, StandingWord, Vouch } from '../../../ui/index.ts'

/** What is known of one commitment when its sentence is shown. */
export interface PromiseView {
  /** The footnote's mark, stable over versions. */
  readonly mark: string
  readonly sentence: string
  /** The rule's canonical text, and the same in plain words. */
  readonly rule: string
  readonly words: string
  readonly owner?: string | undefined
  /** Absent where the commitment has no public standing: it is private, for auditors, or not public yet. */
  readonly shown?: ShownStanding | undefined
}

export interface ShownStanding {
  readonly standing: StandingWord
  readonly vouch: Vouch
  /** Next date, where it is due or recurs, in milliseconds. */
  readonly dueAt?: number | undefined
  /** When it was last met. */
  readonly lastAt?: number | undefined
  readonly record: RecordFigures
  readonly months: readonly Month[]
  /** Systems that a machine looked at, where one did. */
  readonly systems?: readonly string[]
  /** From when on anyone can recompute it, where its entries are not public yet. */
  readonly provableFromAt?: number | undefined
  /** Dated words of the company about a missed target. */
  readonly explanations: readonly { readonly at: number; readonly text: string }[]
}

/** The id of a promise's details on a policy's page; other pages link to it. */
export const promiseId = (mark: string): string => `c-${mark}`

/** Promises by standing, and how many have none in public. */
export function tally(promises: readonly PromiseView[]): { counts: Partial<Record<StandingWord, number>>; unshown: number } {
  const counts: Partial<Record<StandingWord, number>> = {}
  for (const { shown } of promises) if (shown) counts[shown.standing] = (counts[shown.standing] ?? 0) + 1
  return { counts, unshown: promises.filter(p => !p.shown).length }
}
