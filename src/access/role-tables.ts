import type { ColumnType } from 'kysely'

declare module '../db/tables.ts' {
  interface Tables {
    custom_roles: CustomRoleRow
    absences: AbsenceRow
    glass_breaks: GlassBreakRow
  }
}

export interface CustomRoleRow { organization_id: string; name: string; permissions: string[]; made_by: string; made_at: Date }

export interface AbsenceRow {
  organization_id: string
  id: string
  account_id: string
  delegate_id: string | null
  starts_on: ColumnType<string, string, never>
  ends_on: ColumnType<string, string, never>
  announced_by: string
  announced_at: Date
  withdrawn_at: Date | null
}

export interface GlassBreakRow {
  organization_id: string
  id: string
  account_id: string
  key_id: string
  reason: Buffer
  broken_at: Date
  ends_at: Date
  reviewed_by: string | null
  reviewed_at: Date | null
  justified: boolean | null
}
