/** How long wrapping keys live. Together the two say when an erasure has reached the last backup. */
export interface KeySchedule {
  /** A new epoch is begun when the current one is as old as this. */
  rotateAfterDays: number
  /** As long as backups are kept: a retired epoch is destroyed when this has passed. */
  retainDays: number
}

export const defaultKeySchedule: KeySchedule = { rotateAfterDays: 30, retainDays: 35 }

/** From an epoch's beginning to its end, if keys are rotated as planned. */
export const lifetime = ({ rotateAfterDays, retainDays }: KeySchedule): Temporal.DurationLike => days(rotateAfterDays + retainDays)

export const days = (count: number): Temporal.DurationLike => ({ hours: 24 * count })
