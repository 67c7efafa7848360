import type { Calendar } from './calendar.ts'
import { calendarError } from './calendar.ts'
import type { Publication, Terms } from './commitment.ts'
import type { LedgerEvent } from './event.ts'
import { strengthOf } from './vouch.ts'

type Facts = Readonly<Record<string, unknown>>

const text = (value: unknown): string => typeof value === 'string' ? value : ''
const list = (value: unknown): Facts[] => Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
const publications: readonly Publication[] = ['private', 'auditor', 'public']
const publicationOf = (value: unknown): Publication => publications.find((one) => one === value) ?? 'private'

/** `policy.published`: what each mark of the version promises, and from when. Its facts are open, so that anyone can read them. */
export function readPolicy({ facts = {}, at }: LedgerEvent): { policy: string; inForceAt: number; terms: Terms[] } {
  const policy = text(facts.policy)
  const claimed = Date.parse(text(facts.in_force_at))
  // Nothing is in force before it is recorded.
  const inForceAt = Number.isNaN(claimed) ? at : Math.max(claimed, at)
  const version = Number(facts.version ?? 0)
  const terms = list(facts.commitments).map((one): Terms => ({
    policy, mark: text(one.mark), sentence: text(one.sentence), ruleText: text(one.rule), version, inForceAt, ...readPublication(one),
    ...typeof one.owner === 'string' && { owner: one.owner },
  }))
  return { policy, inForceAt, terms }
}

export function readPublication({ publication, public_from: from }: Facts): { publication: Publication; publicFrom?: string } {
  return { publication: publicationOf(publication), ...typeof from === 'string' && { publicFrom: from } }
}

/** Which mark of which policy an entry is about: in its facts, or among its marks. */
export function readMark({ facts = {}, marks }: LedgerEvent): { policy: string; mark: string } {
  return { policy: text(facts.policy ?? marks.policy), mark: text(facts.mark ?? marks.mark) }
}

/** `calendar.set`; undefined where nobody could count by it. */
export function readCalendar({ facts = {} }: LedgerEvent): Calendar | undefined {
  const numbers = (value: unknown) => Array.isArray(value) ? value.filter((item) => typeof item === 'number') : []
  const texts = (value: unknown) => Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const calendar = { zone: text(facts.zone), workdays: numbers(facts.workdays), holidays: texts(facts.holidays) }
  return calendarError(calendar) === undefined ? calendar : undefined
}

export interface Source { readonly kinds: readonly string[]; readonly strength: number }

/** `source.connected`: which kinds a source feeds from now on, and who vouches for it. */
export function readSource({ facts = {} }: LedgerEvent): Source & { source: string } {
  const kinds = Array.isArray(facts.kinds) ? facts.kinds.filter((kind) => typeof kind === 'string') : []
  return { source: text(facts.source), kinds, strength: strengthOf(facts.vouch) }
}

export const readExplanation = ({ facts = {} }: LedgerEvent): string => text(facts.explanation)

/** `entry.corrected`: the index of the entry that was wrong. */
export function readCorrection({ marks, facts = {} }: LedgerEvent): number | undefined {
  const index = Number(marks.corrects ?? facts.corrects ?? NaN)
  return Number.isInteger(index) ? index : undefined
}
