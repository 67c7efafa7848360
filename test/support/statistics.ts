/**
 * Whether two samples come from one distribution: Mann and Whitney's rank test (Annals of Mathematical Statistics 18, 1947), with the
 * normal approximation, which is good from some twenty values each. `guessed`: how often a value of `b` is larger than one of `a`.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): { p: number; guessed: number } {
  const all = [...a.map((value) => ({ value, of: 'a' })), ...b.map((value) => ({ value, of: 'b' }))].sort((x, y) => x.value - y.value)
  const ranksOfB = all.reduce((sum, { of }, i) => sum + (of === 'b' ? i + 1 : 0), 0)
  const u = ranksOfB - (b.length * (b.length + 1)) / 2
  const pairs = a.length * b.length
  const z = (u - pairs / 2) / Math.sqrt((pairs * (a.length + b.length + 1)) / 12)
  return { p: 2 * (1 - normal(Math.abs(z))), guessed: u / pairs }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The normal distribution's integral to `z`, to seven digits (Abramowitz and Stegun, 26.2.17). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return 1 - tail * Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}
