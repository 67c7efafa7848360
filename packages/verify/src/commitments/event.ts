/**
 * What a monitor may read of a ledger entry: nothing else, because only this survives an erasure.
 * `facts` are there only for entries of public streams that the engine itself interprets (policies, calendars, sources).
 */
export interface LedgerEvent {
  /** Position in the log. */
  readonly index: number
  /** Milliseconds since 1970 UTC, set by the sequencer, never decreasing. The time that decides. */
  readonly at: number
  /** `report.received`. */
  readonly kind: string
  /** Subject kind → pseudonym of the subject: `{ report: 'k3…' }`. */
  readonly cases: Readonly<Record<string, string>>
  /** The few declared facts that rules read: `{ by: 'human', severity: 'high' }`. */
  readonly marks: Readonly<Record<string, string>>
  readonly facts?: Readonly<Record<string, unknown>>
}
