import type { ReplayResult } from '../tables.ts'
import type { Ran } from '../run-child.ts'

export interface Request {
  /** '' for the proof of concept in the text. */
  readonly file: string
  readonly expected: string
  readonly runs: number
}

export interface Run {
  readonly exit_code: number | null
  readonly ended: Ran['ended']
  readonly ms: number
  readonly matched: boolean
}

export interface Outcome {
  readonly runs: readonly Run[]
  /** Of the first run that matched, or else the last; shortened. */
  readonly output: string
  readonly cut: boolean
  /** Why nothing was run; '' where something was. */
  readonly problem: string
}

export const requestContext = (id: string) => `replay-request:${id}`
export const outcomeContext = (id: string) => `replay-outcome:${id}`

/** Whether it did what the report says: the expected text is in what it printed, or without one it ended well. */
export const matches = ({ code, ended, output, errors }: Ran, expected: string): boolean =>
  expected ? output.includes(expected) || errors.includes(expected) : ended === 'by itself' && code === 0

/** One run that matches is a proof, however seldom it does; where none came to an end, nothing was learnt. */
export function resultOf({ runs, problem }: Outcome): ReplayResult {
  if (runs.some(({ matched }) => matched)) return 'matched'
  return problem || runs.every(({ ended }) => ended === 'time is over') ? 'failed' : 'not-matched'
}

/** Nothing that a shell, an option or another folder could be. */
export const safeName = (name: string): string => name.replace(/[^\w.-]/g, '_').replace(/^[.-]+/, '').slice(-100) || 'reproducer'
