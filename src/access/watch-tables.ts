declare module '../db/tables.ts' {
  interface Tables {
    known_devices: KnownDeviceRow
    sign_ins: SignInRow
    alerts: AlertRow
  }
}

/** What was noticed about an account: attempts from outside, or an entry that is out of the ordinary. */
export type AlertKind = 'password-guessed' | 'factor-guessed' | 'unusual-entry' | 'closed-account'
export type Answer = 'me' | 'not-me'

export interface KnownDeviceRow { token_hash: Buffer; account_id: string; created_at: Date; seen_at: Date }
export interface SignInRow { id: string; account_id: string; at: Date; box: Buffer }

export interface AlertRow {
  id: string
  account_id: string
  kind: AlertKind
  period: string
  noticed_at: Date
  box: Buffer
  token_hash: Buffer | null
  answer: Answer | null
  answered_at: Date | null
}
