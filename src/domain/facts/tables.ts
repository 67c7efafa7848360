import type { ColumnType } from 'kysely'

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export const replayResults = ['matched', 'not-matched', 'failed'] as const
export type ReplayResult = (typeof replayResults)[number]

export interface ReportFactsRow { organization_id: string; report_id: string; box: Buffer; checked_at: Date }
export interface ReportSignatureRow { organization_id: string; report_id: string; signature: Buffer }
export interface ReportBandRow { organization_id: string; band: number; report_id: string }
export interface ReportPlaceRow { organization_id: string; hash: Buffer; report_id: string }

export interface AssetSourceRow {
  organization_id: string
  asset_id: string
  location: string
  attached_at: Date
  fetched_at: Later<Date>
  problem: Later<string>
}

export interface ReportReplayRow {
  organization_id: string
  id: string
  report_id: string
  account_id: string
  asked_at: Date
  request: Buffer
  outcome: Later<Buffer>
  result: Later<ReplayResult>
  ended_at: Later<Date>
}

declare module '../../db/tables.ts' {
  interface Tables {
    report_facts: ReportFactsRow
    report_signatures: ReportSignatureRow
    report_bands: ReportBandRow
    report_places: ReportPlaceRow
    asset_sources: AssetSourceRow
    report_replays: ReportReplayRow
  }
}
