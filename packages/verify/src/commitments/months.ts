/** A calendar month in UTC: how many instances were decided in it. */
export interface Month {
  /** `2026-01`. */
  readonly month: string
  readonly total: number
  readonly in_time: number
}

export interface SavedMonth { month: number; total: number; inTime: number; strength: number }

/** The running month and the twelve before it. */
const SHOWN = 13

/** What a record shows month by month, for the last thirteen months, and the weakest voucher of each. Moments never decrease. */
export class Months {
  #months: SavedMonth[] = []
  /** The moments that the newest month covers. */
  #from = 0
  #until = 0

  count(at: number, inTime: boolean, strength: number): void {
    const month = this.#at(at)
    month.total++
    if (inTime) month.inTime++
    if (strength < month.strength) month.strength = strength
  }

  correct(at: number, wasInTime: boolean): void {
    const month = this.#months.find((one) => one.month === numberOf(at))
    if (!month) return
    month.total--
    if (wasInTime) month.inTime--
  }

  /** The weakest voucher in the months that are shown; where they are empty, in the last month in which anything was decided. */
  weakest(now: number): number | undefined {
    const shown = this.#months.filter(({ month }) => month > numberOf(now) - SHOWN)
    const counted = shown.length > 0 ? shown : this.#months.slice(-1)
    return counted.length === 0 ? undefined : Math.min(...counted.map(({ strength }) => strength))
  }

  /** Thirteen months up to the one that holds `now`, empty ones too. */
  list(now: number): Month[] {
    const last = numberOf(now)
    return Array.from({ length: SHOWN }, (_, i) => {
      const number = last - SHOWN + 1 + i
      const { total = 0, inTime = 0 } = this.#months.find(({ month }) => month === number) ?? {}
      return { month: nameOf(number), total, in_time: inTime }
    })
  }

  save(): SavedMonth[] { return this.#months.map((month) => ({ ...month })) }
  load(saved: readonly SavedMonth[]): void { this.#months = saved.map((month) => ({ ...month })) }

  #at(at: number): SavedMonth {
    if (at < this.#from || at >= this.#until) {
      const number = numberOf(at)
      this.#from = startOf(number)
      this.#until = startOf(number + 1)
      if (this.#months.at(-1)?.month !== number) this.#months.push({ month: number, total: 0, inTime: 0, strength: 3 })
      if (this.#months.length > SHOWN) this.#months.shift()
    }
    return this.#months.at(-1)!
  }
}

// Months since year 0.
function numberOf(at: number): number {
  const date = new Date(at)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

const startOf = (month: number) => Date.UTC(Math.floor(month / 12), month % 12)
const nameOf = (month: number) => `${String(Math.floor(month / 12)).padStart(4, '0')}-${String(month % 12 + 1).padStart(2, '0')}`
