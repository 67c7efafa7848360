import type { ColumnType, Generated } from 'kysely'

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface WebhookRow {
  organization_id: string
  id: string
  name: string
  key_id: string
  box: Buffer
  kinds: string[]
  created_at: Date
  failing_since: Later<Date>
  stopped_at: Later<Date>
  ended_at: Later<Date>
}

export interface WebhookDeliveryRow {
  organization_id: string
  id: string
  webhook_id: string
  kind: string
  data: ColumnType<DeliveryData, string, never>
  made_at: Date
  state: Generated<'waiting' | 'delivered' | 'given-up'>
  tries: Generated<number>
  tried_at: Later<Date>
  status: Later<number>
  problem: Later<string>
  took_ms: Later<number>
}

/** Ids and short words: an entry's facts stay here. */
export interface DeliveryData {
  /** Null for a try-out. */
  readonly entry: string | null
  readonly subjects: Readonly<Record<string, string>>
  readonly marks: Readonly<Record<string, unknown>>
}

declare module '../../db/tables.ts' {
  interface Tables { webhooks: WebhookRow; webhook_deliveries: WebhookDeliveryRow }
}
