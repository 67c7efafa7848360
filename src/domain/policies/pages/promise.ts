import type { Standing, StandingName } from 'avow-verify'
import type { Disclosure } from '../../../commitments/index.ts'

/** A standing; in public also whether anyone can recompute it. */
export type Shown = Standing & Partial<Disclosure>

/** What is known of one commitment when its sentence is shown. */
export interface PromiseView {
  /** The footnote's mark, stable over versions. */
  readonly mark: string
  readonly sentence: string
  /** The rule in plain words. */
  readonly words: string
  /** Absent where the commitment has no standing in public: it is private, for auditors, or not public yet. */
  readonly shown?: Shown | undefined
  /** Dated words of the company about missed targets. */
  readonly explanations: readonly { readonly at: number; readonly text: string }[]
}

/** The id of a promise's details on a policy's page; other pages link to it. */
export const promiseId = (mark: string): string => `c-${mark}`

/** Promises by standing, and how many have none in public. */
export function tally(promises: readonly PromiseView[]): { counts: Partial<Record<StandingName, number>>; unshown: number } {
  const counts: Partial<Record<StandingName, number>> = {}
  for (const { shown } of promises) if (shown) counts[shown.standing] = (counts[shown.standing] ?? 0) + 1
  return { counts, unshown: promises.filter(p => !p.shown).length }
}
