import type { Duty } from 'avow-verify'
import type { DeskDuty } from './desk-duties.ts'

const weekMs = 7 * 24 * 3_600_000
/** So many of one promise are shown in a section; a flood of one kind must not bury the others. */
const EACH = 5

/** What else the same promise calls for. */
export interface More { readonly policy: string; readonly mark: string; readonly what: readonly string[]; readonly n: number; readonly dueAt: number | null }

/** The order in which a person reads them; last those whose clock stands still. */
const titles = ['Late', 'Within a week', 'Later', 'Waiting for somebody else'] as const
type Title = (typeof titles)[number]

export interface Section<D = Duty> {
  readonly title: Title
  /** How many there are, shown or not. */
  readonly n: number
  readonly shown: readonly D[]
  readonly more: readonly More[]
}

/** What is owed, by how pressing it is. `each`: how many of a promise are shown. */
export const sectionsOf = (duties: readonly Duty[], nowMs: number, each = EACH): Section[] =>
  grouped(duties, ({ overdue, due_at: due }) => titleOf(overdue, due ?? null, nowMs)).map(([title, all]) => ({ title, n: all.length, ...folded(all, each) }))

/** The same of what has its names already: all of it is shown. */
export const drawnSections = (duties: readonly DeskDuty[], nowMs: number): Section<DeskDuty>[] =>
  grouped(duties, ({ late, dueAt }) => titleOf(late, dueAt, nowMs)).map(([title, shown]) => ({ title, n: shown.length, shown, more: [] }))

/** Sections with their duties' names, which were found for all that is shown, in one go. */
export function named(sections: readonly Section[], lines: readonly DeskDuty[]): Section<DeskDuty>[] {
  let from = 0
  return sections.map(({ shown, ...section }) => ({ ...section, shown: lines.slice(from, from += shown.length) }))
}

const titleOf = (late: boolean, dueAt: number | null, nowMs: number): Title =>
  late ? 'Late' : dueAt === null ? 'Waiting for somebody else' : dueAt <= nowMs + weekMs ? 'Within a week' : 'Later'

function grouped<D>(duties: readonly D[], title: (duty: D) => Title): (readonly [Title, readonly D[]])[] {
  const byTitle = Map.groupBy(duties, title)
  return titles.flatMap((one) => byTitle.has(one) ? [[one, byTitle.get(one)!] as const] : [])
}

function folded(duties: readonly Duty[], each: number): Pick<Section, 'shown' | 'more'> {
  const alike = [...Map.groupBy(duties, ({ policy, mark, what }) => `${policy} ${mark} ${what.join(' ')}`).values()]
  // What would fold a single line away shows it instead.
  const kept = new Set(alike.flatMap((some) => some.length <= each + 1 ? some : some.slice(0, each)))
  return {
    shown: duties.filter((duty) => kept.has(duty)),
    more: alike.filter((some) => some.length > each + 1).map((some) => {
      const { policy, mark, what, due_at: due } = some[each]!
      return { policy, mark, what, n: some.length - each, dueAt: due ?? null }
    }),
  }
}
