import type { ColumnType, Generated } from 'kysely'
import type { Outcome } from './outcomes.ts'
import type { SenderKind } from './senders.ts'

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface GateSettingsRow {
  organization_id: string
  trial_open: number
  per_sender: number
  per_network: number
  known_after: number
  proof_of_work: boolean
  wait_seconds: number
  required: string[]
  paused_at: Later<Date>
  paused_until: Later<Date>
  pause_words: Generated<string>
}

export interface ReportSenderRow { organization_id: string; report_id: string; kind: SenderKind; hash: Buffer; at: Date; outcome: Later<Outcome> }
export interface VoucherRow { organization_id: string; hash: Buffer; report_id: string; made_at: Date; ended_at: Later<Date> }

export interface SenderBlockRow {
  organization_id: string
  id: string
  report_id: string
  kind: SenderKind
  hash: Buffer
  reason: Buffer
  made_by: string
  made_at: Date
  lifted_at: Later<Date>
}

declare module '../../db/tables.ts' {
  interface Tables { gate_settings: GateSettingsRow; report_senders: ReportSenderRow; vouchers: VoucherRow; sender_blocks: SenderBlockRow }
}
