/** A moment at which something falls due unless it is cancelled first. */
export interface Deadline {
  dueAt: number
  /** Which of two deadlines of the same moment falls first: the one that was made first. */
  readonly order: number
  /** Its place in the heap; -1 while it is not running. */
  slot: number
  fall(): void
}

/** All running deadlines of an engine: a binary heap whose members know their place, so that one can be moved or cancelled in O(log n). */
export class Deadlines {
  readonly #heap: Deadline[] = []
  /** The next `order`. */
  next = 0

  get size(): number { return this.#heap.length }
  get earliest(): number { return this.#heap.length === 0 ? Infinity : this.#heap[0]!.dueAt }

  /** Starts a deadline, or moves it. */
  run(deadline: Deadline, dueAt: number): void {
    deadline.dueAt = dueAt
    if (deadline.slot < 0) {
      deadline.slot = this.#heap.length
      this.#heap.push(deadline)
    }
    this.#settle(deadline)
  }

  cancel(deadline: Deadline): void {
    if (deadline.slot < 0) return
    const slot = deadline.slot
    const last = this.#heap.pop()!
    deadline.slot = -1
    if (last === deadline) return
    this.#heap[slot] = last
    last.slot = slot
    this.#settle(last)
  }

  /** Lets the earliest deadline fall. */
  fall(): void {
    const deadline = this.#heap[0]!
    this.cancel(deadline)
    deadline.fall()
  }

  #settle(deadline: Deadline): void {
    let slot = deadline.slot
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (!before(deadline, this.#heap[parent]!)) break
      slot = this.#put(this.#heap[parent]!, slot, parent)
    }
    for (;;) {
      let child = 2 * slot + 1
      if (child >= this.#heap.length) break
      if (child + 1 < this.#heap.length && before(this.#heap[child + 1]!, this.#heap[child]!)) child++
      if (!before(this.#heap[child]!, deadline)) break
      slot = this.#put(this.#heap[child]!, slot, child)
    }
    this.#heap[slot] = deadline
    deadline.slot = slot
  }

  /** Moves a deadline into a free slot; returns the slot that it leaves free. */
  #put(deadline: Deadline, slot: number, left: number): number {
    this.#heap[slot] = deadline
    deadline.slot = slot
    return left
  }
}

const before = (a: Deadline, b: Deadline) => a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order)
