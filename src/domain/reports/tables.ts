import type { ColumnType, Generated } from 'kysely'
import type { Queue } from '../gates/index.ts'
import './desk/tables.ts'
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
  /** Of the question that was asked last. */
  waiting_since: Later<Date>
  waiting_warned_at: Later<Date>
  /** Waiting ended without an answer, and nobody has decided since. */
  unanswered_at: Later<Date>
  /** The reporter was asked to try the fix, and has not told yet. */
  retest_asked_at: Later<Date>
  /** Seed of the salts of the report's parts, sealed. None in reports from before parts were committed to. */
  parts_seed: Later<Buffer>
  /** Which of the parts are open to others. */
  open_parts: Generated<number[]>
  policy_version_id: string | null
  received_entry_id: string
  received_at: Date
  acknowledged_at: Later<Date>
  verifying_at: Later<Date>
  verified_at: Later<Date>
  accepted_at: Later<Date>
  fixing_at: Later<Date>
  fixed_at: Later<Date>
  resolved_at: Later<Date>
  closed_at: Later<Date>
  disclosed_at: Later<Date>
  reopened_at: Later<Date>
  erased_at: Later<Date>
  /** From then on it is seen by those alone who were added to it. */
  restricted_at: Later<Date>
  queue: Generated<Queue>
  /** Why it stands in that queue, as codes. */
  queue_reasons: Generated<string[]>
  /** A person's choice outlasts what machines find. */
  queue_by: Generated<'machine' | 'human'>
  /** It came while intake was paused, or from a blocked sender. */
  deposited_at: Later<Date>
  /** Until then nobody but its reporter reads it. */
  opens_at: Later<Date>
  /** 142 of ACME-142. */
  number: Generated<number>
  assignee_id: Later<string>
  assigned_at: Later<Date>
  /** When what it is owed next is due, by the engine's word of a moment ago: `Infinity` where nothing has a date. Only for order. */
  due_at: Generated<Date | number>
  due_kinds: Generated<string[]>
  /** When somebody last did something that others have not read. */
  happened_at: Generated<Date>
}

export interface ReportPersonRow { organization_id: string; report_id: string; account_id: string; added_by: string; added_at: Date }

export interface ReportMessageRow {
  organization_id: string
  id: string
  report_id: string
  voice: Voice
  account_id: string | null
  /** Whose channel it belongs to, where it is said with a guest. */
  guest_id: string | null
  author: string
  body: Buffer
  sent_at: Date
  /** The entry that holds it word for word and commits to each of its lines; null where there is none. */
  entry_id: string | null
}

export interface ReportOriginalRow {
  organization_id: string
  report_id: string
  original_report_id: string | null
  original_entry_id: string
  choice_entry_id: string
  opened_at: Later<Date>
}

/** How the programme handles its cases. */
export interface ReportHandlingRow { organization_id: string; warn_after_days: number; end_after_days: number }

export interface ReportDraftRow { organization_id: string; report_id: string; account_id: string; kind: 'message' | 'note'; body: Buffer; saved_at: Date }

export interface KeptReportRow { organization_id: string; account_id: string; report_id: string; kept_at: Date }

export interface AssetReleaseRow {
  organization_id: string
  id: string
  asset_id: string
  version: string
  commit_id: string
  released_on: string
  added_at: Date
}

/** A programme's own words for what it does not want; of a shipped exclusion, what was changed. */
export interface ReportExclusionRow { organization_id: string; name: string; sentence: string; words: string[]; in_force: boolean }

export interface KnownNonFindingRow {
  organization_id: string
  id: string
  title: string
  why: string
  words: string[]
  weakness: string
  asset_id: string | null
  added_at: Date
  retired_at: Later<Date>
}

export interface BegunReportRow { organization_id: string; phrase_hash: Buffer; box: Buffer; kept_until: Date }

export interface BegunByAccountRow { organization_id: string; account_id: string; phrase_hash: Buffer; phrase: Buffer }

export interface SplitReportRow { organization_id: string; report_id: string; from_report_id: string; split_at: Date }

declare module '../../db/tables.ts' {
  interface Tables {
    assets: AssetRow
    reports: ReportRow
    report_messages: ReportMessageRow
    report_people: ReportPersonRow
    kept_reports: KeptReportRow
    report_originals: ReportOriginalRow
    report_handling: ReportHandlingRow
    report_drafts: ReportDraftRow
    asset_releases: AssetReleaseRow
    report_exclusions: ReportExclusionRow
    known_non_findings: KnownNonFindingRow
    begun_reports: BegunReportRow
    begun_by_accounts: BegunByAccountRow
    split_reports: SplitReportRow
  }
}
