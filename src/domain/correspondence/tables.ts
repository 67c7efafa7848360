export interface ReceivedMailRow {
  organization_id: string
  id: string
  report_id: string
  key_id: string
  box: Buffer
  encryption: string
  signature: string
  received_at: Date
}

export interface ReporterKeyRow {
  organization_id: string
  report_id: string
  key_id: string
  box: Buffer
  came_by: 'attached' | 'autocrypt' | 'entered'
  came_at: Date
}

export interface ReportLinkRow {
  organization_id: string
  token_hash: Buffer
  report_id: string
  created_at: Date
  expires_at: Date
  used_at: Date | null
  session_hash: Buffer | null
  session_until: Date | null
}

export interface AddressChangeRow {
  organization_id: string
  token_hash: Buffer
  report_id: string
  key_id: string
  box: Buffer
  address_hash: Buffer
  created_at: Date
  expires_at: Date
}

declare module '../../db/tables.ts' {
  interface Tables {
    received_mails: ReceivedMailRow
    reporter_keys: ReporterKeyRow
    report_links: ReportLinkRow
    address_changes: AddressChangeRow
  }
}
