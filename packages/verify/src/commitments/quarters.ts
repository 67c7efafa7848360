import type { Month } from './months.ts'

/** What was decided in a calendar quarter (UTC). */
export interface Quarter {
  /** `2026-Q1`. */
  readonly quarter: string
  readonly total: number
  readonly in_time: number
}

/**
 * The whole quarters of a standing's months, which end with the running one. This is all that the public is told of what is sealed: months, and a
 * quarter that is still growing, would tell of single people.
 */
export function quartersOf(months: readonly Month[]): Quarter[] {
  const whole = [...Map.groupBy(months.slice(0, -1), ({ month }) => quarterOf(month))].filter(([, of]) => of.length === 3)
  return whole.map(([quarter, of]) => ({ quarter, total: sum(of.map(({ total }) => total)), in_time: sum(of.map((month) => month.in_time)) }))
}

const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
