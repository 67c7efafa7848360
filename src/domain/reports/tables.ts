import type { ColumnType, Generated } from 'kysely'
import type { AssetKind, Channel, ClosingReason, ReportState, Severity, Voice } from './report.ts'

/* Columns that come later in a row's life are left out when it is inserted. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface AssetRow {
  organization_id: string
  id: string
  name: string
  kind: AssetKind
  locator: string
  in_scope: boolean
  note: string
  created_at: Date
  retired_at: Later<Date>
}


export interface ReportRow {
  organization_id: string
  id: string
  reference: string
  submission_id: string
  phrase_hash: Buffer
  content_key_id: string
  identity_key_id: string | null
  title: Buffer
  identity: Buffer | null
  asset_id: string | null
  weakness: string
  severity: Later<Severity>
  cvss: Later<string>
  channel: Channel
  state: ReportState
  closed_because: Later<ClosingReason>
  waiting_for_reporter: Generated<boolean>
  policy_version_id: string | null
  received_entry_id: string
  received_at: Date
  acknowledged_at: Later<Date>
  verified_at: Later<Date>
  accepted_at: Later<Date>
  fixed_at: Later<Date>
  resolved_at: Later<Date>
  closed_at: Later<Date>
  erased_at: Later<Date>
  /** From then on it is seen by those alone who were added to it. */
  restricted_at: Later<Date>
}

export interface ReportPersonRow { organization_id: string; report_id: string; account_id: string; added_by: string; added_at: Date }

export interface ReportMessageRow {
  organization_id: string
  id: string
  report_id: string
  voice: Voice
  account_id: string | null
  author: string
  body: Buffer
  sent_at: Date
}

export interface KeptReportRow { organization_id: string; account_id: string; report_id: string; kept_at: Date }

declare module '../../db/tables.ts' {
  interface Tables {
    assets: AssetRow
    reports: ReportRow
    report_messages: ReportMessageRow
    report_people: ReportPersonRow
    kept_reports: KeptReportRow
  }
}
