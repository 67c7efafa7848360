import type { ColumnType, Generated } from 'kysely'
import type { ReportView } from '../reports/index.ts'

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

/** The trackers that there is a bridge to. */
export const trackerKinds = ['github', 'gitlab'] as const
export type TrackerKind = (typeof trackerKinds)[number]

export interface BridgeRow {
  organization_id: string
  id: string
  kind: TrackerKind
  key_id: string
  box: Buffer
  created_at: Date
  checked_at: Later<Date>
  problem: Later<string>
  heard_at: Later<Date>
  rests_until: Later<Date>
  ended_at: Later<Date>
}

export interface BridgeIssueRow {
  organization_id: string
  id: string
  bridge_id: string
  report_id: string
  passed_by: string
  passed_at: Date
  content: Later<Buffer>
  place_key_id: string
  place: Buffer
  state: Generated<'waiting' | 'sent' | 'refused' | 'gone'>
  number: Later<number>
  there: Later<'open' | 'closed'>
  etag: Later<string>
  told: ReportView['state']
  looked_at: Later<Date>
  closed_there_at: Later<Date>
  declined_at: Later<Date>
  problem: Later<string>
  tries: Generated<number>
  next_at: Later<Date>
  busy_until: Later<Date>
  erased_at: Later<Date>
  copy_gone_at: Later<Date>
}

declare module '../../db/tables.ts' {
  interface Tables { bridges: BridgeRow; bridge_issues: BridgeIssueRow }
}
