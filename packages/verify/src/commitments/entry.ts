import type { LedgerEvent } from './event.ts'
import type { Topic } from './topic.ts'
import { strengthOf } from './vouch.ts'

/** An entry as monitors react to it: what they all ask is answered once. */
export class Entry {
  readonly index: number
  readonly at: number
  readonly marks: LedgerEvent['marks']
  /** Evidence from before Avow: unwitnessed. */
  readonly opening: boolean
  /** Who vouches for it; for evidence from before Avow at most the company. */
  readonly strength: number

  constructor({ index, at, marks }: LedgerEvent, readonly about: Topic) {
    this.index = index
    this.at = at
    this.marks = marks
    this.opening = marks.opening === 'yes'
    this.strength = this.opening ? 0 : strengthOf(marks.vouch)
  }

  /** Moment of the deed that it claims to record late; undefined where it claims nothing. */
  claimedTime(): number | undefined {
    const claimed = this.marks.effective_at === undefined ? NaN : Date.parse(this.marks.effective_at)
    return Number.isNaN(claimed) ? undefined : claimed
  }
}
