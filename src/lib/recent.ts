/** What costs more to make than to keep: at least the `most` values that were asked for last are there, and at most twice as many. */
export class Recent<V> {
  readonly #most: number
  #young = new Map<string, V>()
  #old = new Map<string, V>()

  constructor(most: number) { this.#most = most }

  get(key: string, make: (key: string) => V): V {
    const known = this.#young.get(key)
    if (known !== undefined) return known
    const value = this.#old.get(key) ?? make(key)
    if (this.#young.size >= this.#most) [this.#old, this.#young] = [this.#young, new Map()]
    this.#young.set(key, value)
    return value
  }
}
