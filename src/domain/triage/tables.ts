import type { ColumnType, Generated } from 'kysely'

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>
/** `numeric` is read as text, so that nothing is lost. */
type Minutes = ColumnType<string, number, number>

export const grounds = ['spam', 'block', 'queue'] as const
export type Ground = (typeof grounds)[number]

export interface SpamClosureRow { organization_id: string; report_id: string; closed_by: string; closed_at: Date }

export interface BulkClosureRow {
  organization_id: string
  id: string
  account_id: string
  queue: string
  up_to: Date
  message: Buffer
  minutes: Minutes
  meant: number
  closed: Generated<number>
  began_at: Date
  ended_at: Later<Date>
}

export interface ReportAppealRow {
  organization_id: string
  id: string
  report_id: string
  against: Ground
  made_at: Date
  decided_at: Later<Date>
  decided_by: Later<string>
  outcome: Later<'upheld' | 'reopened'>
}

declare module '../../db/tables.ts' {
  interface Tables { spam_closures: SpamClosureRow; bulk_closures: BulkClosureRow; report_appeals: ReportAppealRow }
}
