/** A moment at which something falls due unless it is cancelled first. */
export interface Deadline {
  dueAt: number
  /** Which of two deadlines of the same moment falls first: the one that was made first. */
  readonly order: number
  /** Kept by `Deadlines`. */
  running: boolean
  fall(): void
}

/**
 * All running deadlines of an engine, in one binary heap. Most of them are cancelled or moved long before they fall: what they leave in
 * the heap is passed over when it comes up, and cleared away when there is much of it. So a deadline costs O(log n), and to start
 * or cancel one costs O(1) on average where deadlines are started in about the order in which they fall due.
 */
export class Deadlines {
  readonly #heap: Deadline[] = []
  /** For when each was started, side by side with it. */
  readonly #times: number[] = []
  #running = 0
  /** The next `order`. */
  next = 0

  /** No deadline falls before. */
  get earliest(): number { return this.#times.length === 0 ? Infinity : this.#times[0]! }

  /** Starts a deadline, or moves it. */
  start(deadline: Deadline, dueAt: number): void {
    if (!deadline.running) this.#running++
    deadline.running = true
    deadline.dueAt = dueAt
    if (this.#heap.length > 4 * this.#running + 100) this.#clear()
    this.#rise(deadline, dueAt, this.#heap.length)
  }

  cancel(deadline: Deadline): void {
    if (!deadline.running) return
    deadline.running = false
    this.#running--
  }

  /** Lets time come to `earliest`: what runs until then falls. */
  fall(): void {
    const [deadline, dueAt] = [this.#heap[0]!, this.#times[0]!]
    const last = this.#heap.pop()!
    const lastAt = this.#times.pop()!
    if (this.#heap.length > 0) this.#sink(last, lastAt, 0)
    if (!runs(deadline, dueAt)) return
    this.cancel(deadline)
    deadline.fall()
  }

  /** From a free place towards the root. */
  #rise(deadline: Deadline, dueAt: number, free: number): void {
    let slot = free
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (!this.#fallsBefore(deadline, dueAt, parent)) break
      this.#put(this.#heap[parent]!, this.#times[parent]!, slot)
      slot = parent
    }
    this.#put(deadline, dueAt, slot)
  }

  /** From a free place away from the root. */
  #sink(deadline: Deadline, dueAt: number, free: number): void {
    let slot = free
    for (let child = 2 * slot + 1; child < this.#heap.length; child = 2 * slot + 1) {
      if (child + 1 < this.#heap.length && this.#fallsBefore(this.#heap[child + 1]!, this.#times[child + 1]!, child)) child++
      if (this.#fallsBefore(deadline, dueAt, child)) break
      this.#put(this.#heap[child]!, this.#times[child]!, slot)
      slot = child
    }
    this.#put(deadline, dueAt, slot)
  }

  #fallsBefore(deadline: Deadline, dueAt: number, slot: number): boolean {
    const other = this.#times[slot]!
    return dueAt < other || (dueAt === other && deadline.order < this.#heap[slot]!.order)
  }

  #put(deadline: Deadline, dueAt: number, slot: number): void {
    this.#heap[slot] = deadline
    this.#times[slot] = dueAt
  }

  /** Keeps what runs. */
  #clear(): void {
    let kept = 0
    for (const [slot, deadline] of this.#heap.entries()) {
      const dueAt = this.#times[slot]!
      if (runs(deadline, dueAt)) this.#put(deadline, dueAt, kept++)
    }
    this.#heap.length = this.#times.length = kept
    for (let slot = (kept >> 1) - 1; slot >= 0; slot--) this.#sink(this.#heap[slot]!, this.#times[slot]!, slot)
  }
}

const runs = (deadline: Deadline, dueAt: number) => deadline.running && deadline.dueAt === dueAt
