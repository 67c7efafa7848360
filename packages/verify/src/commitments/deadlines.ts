/** A moment at which something falls due unless it is cancelled first. */
export interface Deadline {
  dueAt: number
  /** Which of two deadlines of the same moment falls first: the one that was made first. */
  readonly order: number
  /** Number of the run that counts; -1 while it is not running. */
  run: number
  fall(): void
}

/**
 * All running deadlines of an engine, in one binary heap. Cancelling only forgets a deadline's run; the heap is cleared of what was
 * forgotten when that is more than half of it. Both cost O(1) on average and a fall O(log n).
 */
export class Deadlines {
  /** Parallel arrays, so that comparing touches no object: when it falls, which run it is, and whose. */
  #times: number[] = []
  #runs: number[] = []
  #deadlines: Deadline[] = []
  #forgotten = 0
  #nextRun = 0
  /** The next `order`. */
  next = 0

  get earliest(): number {
    this.#dropForgotten()
    return this.#times.length === 0 ? Infinity : this.#times[0]!
  }

  /** Starts a deadline, or moves it. */
  start(deadline: Deadline, dueAt: number): void {
    this.cancel(deadline)
    deadline.dueAt = dueAt
    deadline.run = this.#nextRun++
    this.#rise(this.#times.length, dueAt, deadline.run, deadline)
  }

  cancel(deadline: Deadline): void {
    if (deadline.run < 0) return
    deadline.run = -1
    this.#forgotten++
    if (this.#forgotten > 64 && this.#forgotten * 2 > this.#times.length) this.#clear()
  }

  /** Lets the earliest deadline fall. There has to be one. */
  fall(): void {
    this.#dropForgotten()
    const deadline = this.#deadlines[0]!
    this.#removeFirst()
    deadline.run = -1
    deadline.fall()
  }

  #dropForgotten(): void {
    while (this.#times.length > 0 && this.#deadlines[0]!.run !== this.#runs[0]) {
      this.#removeFirst()
      this.#forgotten--
    }
  }

  #clear(): void {
    const kept = [...this.#deadlines.keys()].filter((slot) => this.#deadlines[slot]!.run === this.#runs[slot])
    const deadlines = kept.map((slot) => this.#deadlines[slot]!).sort((a, b) => a.dueAt - b.dueAt || a.order - b.order)
    this.#times = deadlines.map(({ dueAt }) => dueAt)
    this.#runs = deadlines.map(({ run }) => run)
    this.#deadlines = deadlines
    this.#forgotten = 0
  }

  #removeFirst(): void {
    const [time, run, deadline] = [this.#times.pop()!, this.#runs.pop()!, this.#deadlines.pop()!]
    if (this.#times.length > 0) this.#sink(time, run, deadline)
  }

  #rise(free: number, time: number, run: number, deadline: Deadline): void {
    let slot = free
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (!this.#falls(time, deadline, parent)) break
      this.#move(parent, slot)
      slot = parent
    }
    this.#put(slot, time, run, deadline)
  }

  #sink(time: number, run: number, deadline: Deadline): void {
    let slot = 0
    for (let child = 1; child < this.#times.length; child = 2 * slot + 1) {
      if (child + 1 < this.#times.length && this.#falls(this.#times[child + 1]!, this.#deadlines[child + 1]!, child)) child++
      if (this.#falls(time, deadline, child)) break
      this.#move(child, slot)
      slot = child
    }
    this.#put(slot, time, run, deadline)
  }

  /** Whether a deadline falls before the one in `slot`. */
  #falls(time: number, deadline: Deadline, slot: number): boolean {
    const other = this.#times[slot]!
    return time < other || (time === other && deadline.order < this.#deadlines[slot]!.order)
  }

  #move(from: number, to: number): void { this.#put(to, this.#times[from]!, this.#runs[from]!, this.#deadlines[from]!) }

  #put(slot: number, time: number, run: number, deadline: Deadline): void {
    this.#times[slot] = time
    this.#runs[slot] = run
    this.#deadlines[slot] = deadline
  }
}
