import type { LedgerEvent } from './event.ts'

/** Kinds of subjects of which a list is kept: the entry kind that lists one, and the one that ends it. */
const lists: Readonly<Record<string, readonly [listed: string, ended: string]>> = {
  system: ['system.listed', 'system.retired'],
  person: ['person.joined', 'person.left'],
  vendor: ['vendor.listed', 'vendor.ended'],
  policy: ['policy.published', 'policy.withdrawn'],
}

export const isRosterKind = (kind: string) => Object.hasOwn(lists, kind)

/** The entry kinds that a list of subjects rests on; none for a kind of which no list is kept. */
export const rosterKinds = (kind: string | undefined): readonly string[] => (kind === undefined ? undefined : lists[kind]) ?? []

const byEntry = new Map<string, { kind: string; lists: boolean }>()
for (const [kind, [listed, ended]] of Object.entries(lists)) byEntry.set(listed, { kind, lists: true }).set(ended, { kind, lists: false })

export const changesRoster = (entryKind: string) => byEntry.has(entryKind)

export interface RosterChange { readonly kind: string; readonly subject: string; readonly joined: boolean }

/** Who and what there is: the subjects that promises made `for each` of a kind are about. */
export class Rosters {
  readonly #rosters = new Map<string, Map<string, number>>()

  of(kind: string): ReadonlyMap<string, number> | undefined {
    return isRosterKind(kind) ? this.#roster(kind) : undefined
  }

  /** What the entry changes, if anything. */
  follow(event: LedgerEvent): RosterChange | undefined {
    const list = byEntry.get(event.kind)
    const subject = list && event.cases[list.kind]
    if (subject === undefined) return undefined
    const roster = this.#roster(list!.kind)
    if (roster.has(subject) === list!.lists) return undefined
    if (list!.lists) roster.set(subject, event.at)
    else roster.delete(subject)
    return { kind: list!.kind, subject, joined: list!.lists }
  }

  save() { return [...this.#rosters].map(([kind, roster]) => [kind, [...roster]] as const) }
  load(saved: ReturnType<Rosters['save']>): void {
    for (const [kind, roster] of saved) this.#rosters.set(kind, new Map(roster))
  }

  #roster(kind: string): Map<string, number> {
    let roster = this.#rosters.get(kind)
    if (!roster) this.#rosters.set(kind, roster = new Map())
    return roster
  }
}
