/** The time, injected so that tests and example organisations can hold it in the hand. Production has one: the machine's. */
export interface Clock { now(): Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** A clock that stands still until it is set or moved; for tests and for organisations created as examples. */
export class ManualClock implements Clock {
  #now: Temporal.Instant
  constructor(start: string) { this.#now = Temporal.Instant.from(start) }
  now(): Temporal.Instant { return this.#now }
  set(to: Temporal.Instant | string): void { this.#now = Temporal.Instant.from(to) }
  advance(by: Temporal.DurationLike): void {
    this.#now = this.#now.toZonedDateTimeISO('UTC').add(by).toInstant()
  }
}
