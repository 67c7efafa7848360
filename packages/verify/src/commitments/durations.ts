/** Bounds of neighbouring buckets differ by 2 %, so that a quantile is off by at most 1 %. */
const ACCURACY = 0.01
const RATIO = (1 + ACCURACY) / (1 - ACCURACY)
const LOG_RATIO = Math.log(RATIO)
const SMALLEST_MS = 1000
/** As many as a million years take. */
const BUCKETS = 1600

/**
 * A sketch of how long things took, for their median: counts in buckets of exponential width, 1,600 of them for all
 * durations from a second to a million years. Two sketches are merged by adding. Quantiles are within 1 % of a true one.
 * After Masson, Rim and Lee, “DDSketch”, PVLDB 12(12), 2019.
 */
export class Durations {
  /** By bucket. */
  readonly #counts = new Float64Array(BUCKETS)
  #total = 0

  add(ms: number): void {
    const bucket = ms <= SMALLEST_MS ? 0 : Math.min(Math.ceil(Math.log(ms / SMALLEST_MS) / LOG_RATIO), BUCKETS - 1)
    this.#counts[bucket]!++
    this.#total++
  }

  /** Milliseconds, within 1 %; undefined where nothing was counted. The lower one of two medians. */
  median(): number | undefined {
    if (this.#total === 0) return undefined
    let left = Math.ceil(this.#total / 2)
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count
      if (left <= 0) return bucket === 0 ? SMALLEST_MS : Math.round(SMALLEST_MS * 2 * RATIO ** bucket / (RATIO + 1))
    }
    return undefined
  }

  save(): [bucket: number, count: number][] { return [...this.#counts.entries()].filter(([, count]) => count > 0) }

  load(saved: readonly (readonly [bucket: number, count: number])[]): void {
    for (const [bucket, count] of saved) {
      this.#counts[bucket]! += count
      this.#total += count
    }
  }
}
