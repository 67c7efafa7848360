import type { LedgerEvent } from './event.ts'

/** Subject kind → pseudonym of the subject. */
export type Cases = LedgerEvent['cases']

/** Two entries belong together when they agree on every kind of subject that both name: always, where they name none in common. */
export function agree(a: Cases, b: Cases): boolean {
  for (const kind in a) {
    const other = b[kind]
    if (other !== undefined && other !== a[kind]) return false
  }
  return true
}

export interface Filed { readonly cases: Cases }

/**
 * Things filed under the cases that they are about, one for the same cases. Finding what agrees with an entry takes constant
 * time and a visit of each thing found: for every combination of subject kinds that is asked about, an index is kept.
 */
export class CaseFile<T extends Filed> {
  /** One drawer for each set of subject kinds; in practice one or two. */
  readonly #drawers: Drawer<T>[] = []

  get(cases: Cases): T | undefined {
    return this.#drawer(cases)?.get(cases)
  }

  /** Files an item, in the place of one about the same cases. */
  set(item: T): void {
    let drawer = this.#drawer(item.cases)
    if (!drawer) this.#drawers.push(drawer = new Drawer(shapeOf(item.cases)))
    drawer.set(item)
  }

  delete(cases: Cases): void {
    this.#drawer(cases)?.delete(cases)
  }

  /** What agrees with `cases`; a list of its own, so that the file may be changed while it is read. */
  agreeing(cases: Cases): T[] {
    const found: T[] = []
    for (const drawer of this.#drawers) drawer.collect(cases, found)
    return found
  }

  /** One of what agrees. */
  any(cases: Cases): T | undefined {
    for (const drawer of this.#drawers) {
      const found = drawer.any(cases)
      if (found) return found
    }
    return undefined
  }

  has(cases: Cases): boolean { return this.#drawers.some((drawer) => drawer.any(cases) !== undefined) }

  items(): T[] { return this.#drawers.flatMap((drawer) => drawer.items()) }

  get size(): number { return this.#drawers.reduce((sum, drawer) => sum + drawer.size, 0) }

  #drawer(cases: Cases): Drawer<T> | undefined {
    const shape = shapeOf(cases)
    for (const drawer of this.#drawers) if (drawer.shape === shape) return drawer
    return undefined
  }
}

class Drawer<T extends Filed> {
  readonly #all = new Map<string, T>()
  /** For each shape that was asked about: what is in this drawer, by the kinds that both shapes name. Made when first asked for. */
  readonly #views = new Map<Shape, View<T>>()

  constructor(readonly shape: Shape) {}

  get size() { return this.#all.size }
  get(cases: Cases): T | undefined { return this.#all.get(keyOf(cases, this.shape.kinds)) }
  items(): T[] { return [...this.#all.values()] }

  set(item: T): void {
    const key = keyOf(item.cases, this.shape.kinds)
    if (this.#views.size > 0) {
      const before = this.#all.get(key)
      for (const view of this.#views.values()) view.replace(before, item)
    }
    this.#all.set(key, item)
  }

  delete(cases: Cases): void {
    const key = keyOf(cases, this.shape.kinds)
    const item = this.#views.size > 0 ? this.#all.get(key) : undefined
    this.#all.delete(key)
    if (item) for (const view of this.#views.values()) view.remove(item)
  }

  collect(cases: Cases, into: T[]): void {
    const shape = shapeOf(cases)
    if (shape === this.shape) {
      const item = this.#all.get(keyOf(cases, shape.kinds))
      if (item) into.push(item)
    } else into.push(...this.#view(shape).get(cases))
  }

  any(cases: Cases): T | undefined {
    const shape = shapeOf(cases)
    return shape === this.shape ? this.#all.get(keyOf(cases, shape.kinds)) : this.#view(shape).get(cases).values().next().value
  }

  #view(asked: Shape): View<T> {
    let view = this.#views.get(asked)
    if (!view) {
      this.#views.set(asked, view = new View(this.shape.kinds.filter((kind) => asked.kinds.includes(kind))))
      for (const item of this.#all.values()) view.replace(undefined, item)
    }
    return view
  }
}

/** What a drawer holds, by some of the subject kinds it is filed under. */
class View<T extends Filed> {
  readonly #sets = new Map<string, Set<T>>()
  constructor(readonly kinds: readonly string[]) {}

  get(cases: Cases): ReadonlySet<T> { return this.#sets.get(keyOf(cases, this.kinds)) ?? nothing }

  replace(before: T | undefined, item: T): void {
    const key = keyOf(item.cases, this.kinds)
    let set = this.#sets.get(key)
    if (!set) this.#sets.set(key, set = new Set())
    if (before) set.delete(before)
    set.add(item)
  }

  remove(item: T): void {
    const key = keyOf(item.cases, this.kinds)
    const set = this.#sets.get(key)
    if (set?.delete(item) && set.size === 0) this.#sets.delete(key)
  }
}

const nothing: ReadonlySet<never> = new Set()

/** The subject kinds that an entry names, in one order; the same object for the same kinds. */
interface Shape { readonly kinds: readonly string[] }

const shapes = new Map<string, Shape>()

// Several monitors ask about the same entry one after another.
let latestCases: Cases | undefined
let latestShape: Shape

function shapeOf(cases: Cases): Shape {
  if (latestCases !== cases) [latestCases, latestShape] = [cases, namedShape(cases)]
  return latestShape
}

function namedShape(cases: Cases): Shape {
  let count = 0
  let name = ''
  for (const kind in cases) { count++; name = kind }
  if (count > 1) name = Object.keys(cases).sort().join(' ')
  let shape = shapes.get(name)
  if (!shape) shapes.set(name, shape = { kinds: name === '' ? [] : name.split(' ') })
  return shape
}

/** Pseudonyms hold no spaces. */
function keyOf(cases: Cases, kinds: readonly string[]): string {
  if (kinds.length === 1) return cases[kinds[0]!]!
  let key = ''
  for (const kind of kinds) key += `${cases[kind]!} `
  return key
}
