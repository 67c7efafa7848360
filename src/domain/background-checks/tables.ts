export interface BackgroundCheckLawRow { organization_id: string; country: string; permitted: boolean; reason: string; said_by: string; said_at: Date }

export interface BackgroundCheckRow { organization_id: string; person_id: string; result: string; decided_at: Date; entry_id: string }

declare module '../../db/tables.ts' {
  interface Tables { background_check_laws: BackgroundCheckLawRow; background_checks: BackgroundCheckRow }
}
