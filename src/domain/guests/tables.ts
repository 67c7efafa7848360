export interface ReportGuestRow {
  organization_id: string
  id: string
  report_id: string
  key_id: string
  identity: Buffer
  role: 'guest' | 'mediator'
  token_hash: Buffer | null
  sees_report: boolean
  sees_files: boolean
  sees_messages: boolean
  invited_by: string
  invited_at: Date
  ends_at: Date
  removed_at: Date | null
}

export interface ReportLookRow { organization_id: string; id: string; guest_id: string; what: string; looked_at: Date }

export interface MediatorRow { organization_id: string; id: string; key_id: string; identity: Buffer; named_at: Date; retired_at: Date | null }

export interface MediationRow {
  organization_id: string
  report_id: string
  guest_id: string
  requested_by: 'reporter' | 'team'
  requested_at: Date
  concluded_at: Date | null
  outcome: string | null
}

declare module '../../db/tables.ts' {
  interface Tables {
    report_guests: ReportGuestRow
    report_looks: ReportLookRow
    mediators: MediatorRow
    mediations: MediationRow
  }
}
