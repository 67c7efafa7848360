/** An instant as the driver writes and reads a `timestamptz`; we count no finer than milliseconds. */
export const timestampOf = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
export const instantOf = (timestamp: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(timestamp.getTime())
