import { z } from 'zod'

/** What a report should carry and need not: each may be left out, with a reason of its own. In the words that ask for it. */
export const skippable = {
  asset: 'Why no place',
  version: 'Why no version',
  weakness: 'Why no kind',
  endpoint: 'Why no endpoint',
  impact: 'Why no impact',
  cvss: 'Why no vector',
  steps: 'Why no steps',
  proof_of_concept: 'Why no proof',
  expected_result: 'Why no result to expect',
} as const
export type Skippable = keyof typeof skippable

const why = z.string().trim().max(300, 'Write at most 300 characters.').default('')

/** One reason for each field that was left out. */
export const Reasons = z.object(Object.fromEntries(Object.keys(skippable).map((field) => [field, why])) as Record<Skippable, typeof why>)
  .default({} as never).describe('Why a field is empty, by its name')

export type Reasons = Readonly<Partial<Record<Skippable, string>>>

/** Those that were given; nothing where there are none. What is filled in needs no reason. */
export function reasonsFor(given: Readonly<Partial<Record<Skippable, unknown>>>, reasons: Reasons = {}): Reasons | undefined {
  const told = Object.entries(reasons).filter(([field, reason]) => reason && !given[field as Skippable])
  return told.length === 0 ? undefined : Object.fromEntries(told)
}
