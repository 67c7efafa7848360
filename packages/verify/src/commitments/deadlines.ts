/** A moment at which something falls due unless it is cancelled first. */
export interface Deadline {
  dueAt: number
  /** Which of two deadlines of the same moment falls first: the one that was made first. */
  readonly order: number
  /** Its place among those that run, kept by `Deadlines`; -1 while it does not. */
  slot: number
  fall(): void
}

/**
 * All running deadlines of an engine, in one binary heap in which each knows its place, so that one can be moved or taken out:
 * O(log n), and O(1) on average for what is started in the order in which it falls due.
 */
export class Deadlines {
  readonly #heap: Deadline[] = []
  /** When each of them falls, side by side, so that comparing touches no object. */
  readonly #times: number[] = []
  /** The next `order`. */
  next = 0

  get earliest(): number { return this.#times.length === 0 ? Infinity : this.#times[0]! }

  /** Starts a deadline, or moves it. */
  start(deadline: Deadline, dueAt: number): void {
    deadline.dueAt = dueAt
    this.#place(deadline, deadline.slot < 0 ? this.#heap.length : deadline.slot)
  }

  cancel(deadline: Deadline): void {
    const { slot } = deadline
    if (slot < 0) return
    deadline.slot = -1
    const last = this.#heap.pop()!
    this.#times.pop()
    if (last !== deadline) this.#place(last, slot)
  }

  /** Lets the earliest deadline fall. There has to be one. */
  fall(): void {
    const deadline = this.#heap[0]!
    this.cancel(deadline)
    deadline.fall()
  }

  /** From a place that is free towards the root or away from it. */
  #place(deadline: Deadline, free: number): void {
    const slot = this.#risen(deadline, free)
    this.#put(deadline, slot < free ? slot : this.#sunk(deadline, free))
  }

  #risen(deadline: Deadline, free: number): number {
    let slot = free
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (!this.#fallsBefore(deadline, parent)) break
      this.#put(this.#heap[parent]!, slot)
      slot = parent
    }
    return slot
  }

  #sunk(deadline: Deadline, free: number): number {
    let slot = free
    for (let child = 2 * slot + 1; child < this.#heap.length; child = 2 * slot + 1) {
      if (child + 1 < this.#heap.length && this.#fallsBefore(this.#heap[child + 1]!, child)) child++
      if (this.#fallsBefore(deadline, child)) break
      this.#put(this.#heap[child]!, slot)
      slot = child
    }
    return slot
  }

  #fallsBefore({ dueAt, order }: Deadline, slot: number): boolean {
    const other = this.#times[slot]!
    return dueAt < other || (dueAt === other && order < this.#heap[slot]!.order)
  }

  #put(deadline: Deadline, slot: number): void {
    this.#heap[slot] = deadline
    this.#times[slot] = deadline.dueAt
    deadline.slot = slot
  }
}
