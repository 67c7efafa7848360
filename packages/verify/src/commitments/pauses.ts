import { CaseFile, type Cases, type Filed } from './cases.ts'
import type { LedgerEvent } from './event.ts'

/** A clock that pauses can stop. */
export interface Stoppable {
  readonly cases: Cases
  /** How many pauses hold it; it runs at 0. */
  stops: number
}

export interface Clockwork<C extends Stoppable> {
  agreeing(cases: Cases): Iterable<C>
  stop(clock: C, at: number): void
  resume(clock: C, at: number): void
}

/** `not counting the time between A and B`, for all clocks of one monitor. Pauses may overlap; time counts again when the last one ends. */
export class Pauses<C extends Stoppable> {
  /** For each pause of the rule, the ones that have begun. */
  readonly #begun: CaseFile<Filed>[]

  constructor(count: number, readonly clocks: Clockwork<C>) {
    this.#begun = Array.from({ length: count }, () => new CaseFile())
  }

  begin(pause: number, { cases, at }: LedgerEvent): void {
    const begun = this.#begun[pause]!
    if (begun.get(cases)) return
    begun.set({ cases })
    for (const clock of this.clocks.agreeing(cases)) {
      if (clock.stops++ === 0) this.clocks.stop(clock, at)
    }
  }

  end(pause: number, event: LedgerEvent): void {
    const begun = this.#begun[pause]!
    for (const { cases } of begun.agreeing(event.cases)) {
      begun.delete(cases)
      for (const clock of this.clocks.agreeing(cases)) {
        if (--clock.stops === 0) this.clocks.resume(clock, event.at)
      }
    }
  }

  /** How many pauses hold a clock that starts now. */
  holding(cases: Cases): number {
    return this.#begun.reduce((sum, begun) => sum + begun.agreeing(cases).length, 0)
  }

  save(): Filed[][] { return this.#begun.map((begun) => begun.items()) }
  load(saved: readonly (readonly Filed[])[]): void {
    for (const [i, begun] of saved.entries()) for (const one of begun) this.#begun[i]!.set(one)
  }
}
