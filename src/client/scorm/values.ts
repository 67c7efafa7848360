import type { DataModel, Element } from './data-model.ts'

/** Why an element was not read or set, whatever the standard's number for it. */
export type Fault = 'unknown' | 'read only' | 'write only' | 'wrong type' | 'not there yet' | 'out of order' | 'no children' | 'no count'

export type Answer = { readonly value: string } | { readonly fault: Fault }

/** The elements of one part, each as the text that the package gave, under the data model's rules. */
export class Values {
  readonly #values: Map<string, string>

  /** `before`: what the part said in earlier visits. `ours`: what we tell it, which is never sent back. */
  constructor(readonly model: DataModel, before: Readonly<Record<string, string>>, readonly ours: Readonly<Record<string, string>>) {
    this.#values = new Map(Object.entries(before))
  }

  all(): Record<string, string> { return Object.fromEntries(this.#values) }

  /** What we know ourselves of an element, past the rules for packages. */
  keep(name: string, value: string): void { this.#values.set(name, value) }
  kept(name: string): string | undefined { return this.#values.get(name) }

  get(name: string): Answer {
    const element = this.#element(name)
    if (!element) return { fault: this.#missing(name) }
    if (element.access === 'w') return { fault: 'write only' }
    if (name.endsWith('._count')) return { value: String(this.#count(name.slice(0, -'._count'.length))) }
    if (this.#outside(name) !== null) return { fault: 'out of order' }
    const value = this.#values.get(name) ?? this.ours[name] ?? element.initially
    return value === undefined ? { fault: 'not there yet' } : { value }
  }

  set(name: string, value: string): Answer {
    const element = this.#element(name)
    if (!element) return { fault: this.#missing(name) }
    if (element.access === 'r') return { fault: 'read only' }
    const outside = this.#outside(name)
    if (outside !== null && outside > 0) return { fault: 'out of order' }
    if (!element.takes(value)) return { fault: 'wrong type' }
    this.#values.set(name, value)
    return { value: 'true' }
  }

  #element(name: string): Element | undefined { return this.model.get(name.replace(/\.\d+(?=\.|$)/g, '.n')) }

  #missing(name: string): Fault {
    const parent = name.replace(/\._(children|count)$/, '')
    const isElement = this.#element(parent) !== undefined || [...this.model.keys()].some((key) => key.startsWith(`${parent.replace(/\.\d+/g, '.n')}.`))
    if (parent === name || !isElement) return 'unknown'
    return name.endsWith('_children') ? 'no children' : 'no count'
  }

  /** How many of a collection there are: their numbers have no gaps, since none is set out of order. */
  #count(collection: string): number {
    const numbers = [...this.#values.keys()].filter((key) => key.startsWith(`${collection}.`))
      .map((key) => Number(key.slice(collection.length + 1).split('.')[0]))
    return Math.max(-1, ...numbers.filter(Number.isInteger)) + 1
  }

  /** Null where every number of the name is of something that is there; else by how much the first one lies beyond it: 0 is the next. */
  #outside(name: string): number | null {
    for (const { 0: number, index } of name.matchAll(/\d+(?=\.)/g)) {
      const beyond = Number(number) - this.#count(name.slice(0, index - 1))
      if (beyond >= 0) return beyond
    }
    return null
  }
}
