declare module '../db/tables.ts' {
  interface Tables {
    known_devices: KnownDeviceRow
    sign_ins: SignInRow
    alerts: AlertRow
  }
}

export interface KnownDeviceRow { token_hash: Buffer; account_id: string; created_at: Date; seen_at: Date }
export interface SignInRow { id: string; account_id: string; at: Date; box: Buffer }

export interface AlertRow {
  id: string
  account_id: string
  kind: string
  period: string
  noticed_at: Date
  box: Buffer
  token_hash: Buffer | null
  answer: 'me' | 'not-me' | null
  answered_at: Date | null
}
