import { Filed, type CaseFile, type CaseFiles } from './case-file.ts'
import type { Cases } from './cases.ts'
import type { Entry } from './entry.ts'
import type { Topic, Topics } from './topic.ts'

/** A clock that pauses can stop. */
export interface Stoppable {
  /** How many pauses hold it; it runs at 0. */
  stops: number
}

export interface Clockwork<C extends Stoppable> {
  agreeing(about: Topic): Iterable<C>
  stop(clock: C, at: number): void
  resume(clock: C, at: number): void
}

/** `not counting the time between A and B`, for all clocks of one monitor. Pauses may overlap; time counts again when the last one ends. */
export class Pauses<C extends Stoppable> {
  /** For each pause of the rule, the ones that have begun. */
  readonly #begun: CaseFile<Filed>[]

  constructor(count: number, files: CaseFiles, readonly clocks: Clockwork<C>) {
    this.#begun = Array.from({ length: count }, () => files.open())
  }

  begin(pause: number, { about, at }: Entry): void {
    const begun = this.#begun[pause]!
    if (begun.get(about)) return
    begun.set(new Filed(about))
    for (const clock of this.clocks.agreeing(about)) {
      if (clock.stops++ === 0) this.clocks.stop(clock, at)
    }
  }

  end(pause: number, entry: Entry): void {
    const begun = this.#begun[pause]!
    for (const ended of begun.agreeing(entry.about)) {
      begun.delete(ended)
      for (const clock of this.clocks.agreeing(ended.about)) {
        if (--clock.stops === 0) this.clocks.resume(clock, entry.at)
      }
    }
  }

  /** How many pauses hold a clock that starts now. */
  holding(about: Topic): number {
    let sum = 0
    for (const begun of this.#begun) sum += begun.agreeing(about).length
    return sum
  }

  save(): Cases[][] { return this.#begun.map((begun) => begun.items().map(({ about }) => about.cases)) }
  load(saved: readonly (readonly Cases[])[], topics: Topics): void {
    for (const [i, begun] of saved.entries()) for (const cases of begun) this.#begun[i]!.set(new Filed(topics.of(cases)))
  }
}
