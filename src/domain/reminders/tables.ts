import type { ColumnType } from 'kysely'

export const stages = ['soon', 'today', 'next', 'late', 'digest'] as const
export type Stage = (typeof stages)[number]

export interface ReminderChoicesRow { organization_id: string; account_id: string; digest: boolean; reminders: boolean }
export interface DutyNoticeRow { organization_id: string; duty: Buffer; stage: Stage; account_id: string; told_at: Date }
export interface EscalationRow { organization_id: string; area: string; account_ids: string[]; hours_before: number }
export interface CalendarFeedRow {
  organization_id: string
  account_id: string
  token_hash: Buffer
  made_at: Date
  read_at: ColumnType<Date | null, Date | null | undefined, Date>
}

declare module '../../db/tables.ts' {
  interface Tables {
    reminder_choices: ReminderChoicesRow
    duty_notices: DutyNoticeRow
    escalations: EscalationRow
    calendar_feeds: CalendarFeedRow
  }
}
