/** Bounds of neighbouring buckets differ by 2 %, so that a quantile is off by at most 1 %. */
const ACCURACY = 0.01
const RATIO = (1 + ACCURACY) / (1 - ACCURACY)
const LOG_RATIO = Math.log(RATIO)
const SMALLEST_MS = 1000

/**
 * A sketch of how long things took, for their median: counts in buckets of exponential width, at most some 1,400 of them for all
 * durations from a second to a million years. Two sketches are merged by adding. Quantiles are within 1 % of a true one.
 * After Masson, Rim and Lee, “DDSketch”, PVLDB 12(12), 2019.
 */
export class Durations {
  readonly #counts = new Map<number, number>()
  #total = 0

  add(ms: number): void {
    const bucket = ms <= SMALLEST_MS ? 0 : Math.ceil(Math.log(ms / SMALLEST_MS) / LOG_RATIO)
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1)
    this.#total++
  }

  /** Milliseconds, within 1 %; undefined where nothing was counted. The lower one of two medians. */
  median(): number | undefined {
    let left = Math.ceil(this.#total / 2)
    for (const [bucket, count] of this.#sorted()) {
      left -= count
      if (left <= 0) return bucket === 0 ? SMALLEST_MS : Math.round(SMALLEST_MS * 2 * RATIO ** bucket / (RATIO + 1))
    }
    return undefined
  }

  save(): [bucket: number, count: number][] { return this.#sorted() }

  load(saved: readonly (readonly [bucket: number, count: number])[]): void {
    for (const [bucket, count] of saved) {
      this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count)
      this.#total += count
    }
  }

  #sorted(): [number, number][] { return [...this.#counts].sort(([a], [b]) => a - b) }
}
