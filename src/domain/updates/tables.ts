import type { Named } from '../../db/column.ts'

export interface SubscriberRow extends Named {
  key_id: string
  box: Buffer
  address_hash: Buffer
  token_hash: Buffer
  asked_at: Date
  confirmed_at: Date | null
}

export interface PolicyNoticeRow { organization_id: string; version_id: string; told_at: Date; team: number; users: number }

declare module '../../db/tables.ts' {
  interface Tables { subscribers: SubscriberRow; policy_notices: PolicyNoticeRow }
}
