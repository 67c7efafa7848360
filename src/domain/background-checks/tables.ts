export interface BackgroundCheckLawRow {
  organization_id: string
  country: string
  permitted: boolean
  reason: string
  said_by: string
  said_at: Date
}

declare module '../../db/tables.ts' {
  interface Tables { background_check_laws: BackgroundCheckLawRow }
}
