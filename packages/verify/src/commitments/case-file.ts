import type { Cases } from './cases.ts'
import { keyOf, type Shape, type Topic } from './topic.ts'

/** Something that is kept about a topic, in one file. */
export class Filed {
  /** Where it stands in the row of its drawer. */
  position = -1

  constructor(readonly about: Topic) {}
}

/**
 * Things filed under what they are about, one for each topic. Finding what agrees with a topic takes constant time and a visit of
 * each thing found: for every combination of subject kinds that is asked about, an index is kept.
 */
export class CaseFile<T extends Filed> {
  /** One drawer for each set of subject kinds; in practice one or two. */
  #drawers: Drawer<T>[] = []

  get(about: Topic): T | undefined { return this.#drawer(about.shape)?.get(about) }

  /** Files an item, instead of one about the same. */
  set(item: T): void {
    let drawer = this.#drawer(item.about.shape)
    if (!drawer) this.#drawers.push(drawer = new Drawer(item.about.shape))
    drawer.set(item)
  }

  /** Takes an item out. It has to be in the file. */
  delete(item: T): void { this.#drawer(item.about.shape)!.delete(item) }

  /** What agrees with a topic; the file may be changed while the list is read. */
  agreeing(about: Topic): readonly T[] {
    const [first] = this.#drawers
    if (this.#drawers.length <= 1) return first?.agreeing(about) ?? nothing
    return this.#drawers.flatMap((drawer) => drawer.agreeing(about))
  }

  /** One of what agrees. */
  any(about: Topic): T | undefined {
    for (const drawer of this.#drawers) {
      const found = drawer.any(about)
      if (found) return found
    }
    return undefined
  }

  has(about: Topic): boolean { return this.any(about) !== undefined }

  items(): T[] { return this.#drawers.flatMap((drawer) => drawer.items()) }

  get size(): number {
    let size = 0
    for (const drawer of this.#drawers) size += drawer.size
    return size
  }

  /** Leaves no trace in the topics. */
  dissolve(): void {
    for (const item of this.items()) this.delete(item)
    for (const { shape, place } of this.#drawers) shape.returnPlace(place)
    this.#drawers = []
  }

  #drawer(shape: Shape): Drawer<T> | undefined {
    for (const drawer of this.#drawers) if (drawer.shape === shape) return drawer
    return undefined
  }
}

/** All files of one monitor. */
export class CaseFiles {
  readonly #files: CaseFile<never>[] = []

  open<T extends Filed>(): CaseFile<T> {
    const file = new CaseFile<T>()
    this.#files.push(file as unknown as CaseFile<never>)
    return file
  }

  dissolve(): void { for (const file of this.#files) file.dissolve() }
}

const nothing: readonly never[] = []

/** Items about topics of one shape: each in its place of its topic, and all in a row. */
class Drawer<T extends Filed> {
  readonly place: number
  size = 0
  /** In the order in which they were filed, with gaps where one was taken out; closed up when these are the most. */
  #row: (T | undefined)[] = []
  /** For each shape that was asked about: the items by the kinds that both shapes name. Made when first asked for. */
  readonly #views = new Map<Shape, View<T>>()

  constructor(readonly shape: Shape) { this.place = shape.takePlace() }

  get(about: Topic): T | undefined { return about.at(this.place) as T | undefined }

  set(item: T): void {
    const before = this.get(item.about)
    if (before) this.delete(before)
    item.about.put(this.place, item)
    item.position = this.#row.push(item) - 1
    this.size++
    if (this.#views.size > 0) for (const view of this.#views.values()) view.add(item)
  }

  delete(item: T): void {
    item.about.clear(this.place)
    this.#row[item.position] = undefined
    this.size--
    if (this.#row.length > 2 * this.size + 50) this.#closeUp()
    if (this.#views.size > 0) for (const view of this.#views.values()) view.remove(item)
  }

  agreeing(about: Topic): readonly T[] {
    if (about.shape !== this.shape) return [...this.#view(about.shape).get(about.cases)]
    const item = this.get(about)
    return item ? [item] : nothing
  }

  any(about: Topic): T | undefined {
    return about.shape === this.shape ? this.get(about) : this.#view(about.shape).get(about.cases).values().next().value
  }

  items(): T[] { return this.#row.filter((item) => item !== undefined) }

  #closeUp(): void {
    const items = this.items()
    for (const [position, item] of items.entries()) item.position = position
    this.#row = items
  }

  #view(asked: Shape): View<T> {
    let view = this.#views.get(asked)
    if (!view) {
      this.#views.set(asked, view = new View(this.shape.kinds.filter((kind) => asked.names(kind))))
      for (const item of this.items()) view.add(item)
    }
    return view
  }
}

/** What a drawer holds, by some of the subject kinds it is filed under. */
class View<T extends Filed> {
  readonly #sets = new Map<string, Set<T>>()
  constructor(readonly kinds: readonly string[]) {}

  get(cases: Cases): ReadonlySet<T> { return this.#sets.get(keyOf(cases, this.kinds)) ?? none }

  add(item: T): void {
    const key = keyOf(item.about.cases, this.kinds)
    let set = this.#sets.get(key)
    if (!set) this.#sets.set(key, set = new Set())
    set.add(item)
  }

  remove(item: T): void {
    const key = keyOf(item.about.cases, this.kinds)
    const set = this.#sets.get(key)
    if (set?.delete(item) && set.size === 0) this.#sets.delete(key)
  }
}

const none: ReadonlySet<never> = new Set()
