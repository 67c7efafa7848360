import type { Filed } from './case-file.ts'
import type { Cases } from './cases.ts'

/**
 * The subjects that an entry names, taken together: what it is about. A file that holds something about it has a place in it, so that
 * an entry's subjects are looked up once, however many monitors the entry concerns.
 */
export class Topic {
  readonly #places: (Filed | undefined)[]
  /** How many of its places are taken. */
  taken = 0

  constructor(readonly shape: Shape, readonly cases: Cases, readonly key: string) {
    this.#places = shape.blank.slice()
  }

  at(place: number): Filed | undefined { return this.#places[place] }

  put(place: number, item: Filed): void {
    if (this.#places[place] === undefined) this.taken++
    this.#places[place] = item
  }

  clear(place: number): void {
    this.#places[place] = undefined
    if (--this.taken === 0) this.shape.idle.push(this)
  }
}

/** What all topics have in common that name the same kinds of subjects. */
export class Shape {
  /** By their pseudonyms. */
  readonly topics = new Map<string, Topic>()
  /** The places of a new topic. */
  readonly blank: undefined[] = []
  readonly #free: number[] = []

  constructor(readonly kinds: readonly string[], readonly idle: Topic[]) {}

  names(kind: string): boolean { return this.kinds.includes(kind) }

  takePlace(): number { return this.#free.pop() ?? this.blank.push(undefined) - 1 }
  /** A place that is empty in all topics. */
  returnPlace(place: number): void { this.#free.push(place) }
}

/** What the entries of one log are about: one topic for the same cases, for as long as anything is filed about it. */
export class Topics {
  readonly #shapes = new Map<string, Shape>()
  /** Topics about which nothing is filed, or was until lately. */
  readonly #idle: Topic[] = []

  of(cases: Cases): Topic {
    const shape = this.#shapeOf(cases)
    const key = keyOf(cases, shape.kinds)
    let topic = shape.topics.get(key)
    if (!topic) {
      shape.topics.set(key, topic = new Topic(shape, cases, key))
      this.#idle.push(topic)
    }
    return topic
  }

  /** Between two entries: forgets the topics about which nothing is filed. */
  tidy(): void {
    if (this.#idle.length === 0) return
    for (const topic of this.#idle) if (topic.taken === 0) topic.shape.topics.delete(topic.key)
    this.#idle.length = 0
  }

  #shapeOf(cases: Cases): Shape {
    let count = 0
    let name = ''
    for (const kind in cases) { count++; name = kind }
    if (count > 1) name = Object.keys(cases).sort().join(' ')
    let shape = this.#shapes.get(name)
    if (!shape) this.#shapes.set(name, shape = new Shape(name === '' ? [] : name.split(' '), this.#idle))
    return shape
  }
}

/** Pseudonyms hold no spaces. */
export function keyOf(cases: Cases, kinds: readonly string[]): string {
  if (kinds.length === 1) return cases[kinds[0]!]!
  let key = ''
  for (const kind of kinds) key += `${cases[kind]!} `
  return key
}
