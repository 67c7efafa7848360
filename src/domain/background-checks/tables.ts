export interface BackgroundCheckRow {
  organization_id: string
  id: string
  person_id: string
  result: 'cleared' | 'not-cleared' | 'not-permitted'
  /** `2026-01-31` */
  decided_on: string
  entry_id: string
  recorded_by: string
  recorded_at: Date
}

export interface BackgroundCheckLawRow {
  organization_id: string
  country: string
  permitted: boolean
  reason: string
  said_by: string
  said_at: Date
}

declare module '../../db/tables.ts' {
  interface Tables { background_checks: BackgroundCheckRow; background_check_laws: BackgroundCheckLawRow }
}
