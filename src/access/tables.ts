import type { Generated } from 'kysely'
import type { Role } from './roles.ts'

declare module '../db/tables.ts' {
  interface Tables {
    accounts: AccountRow
    sessions: SessionRow
    totp_factors: TotpFactorRow
    recovery_codes: RecoveryCodeRow
    passkeys: PasskeyRow
    passkey_challenges: PasskeyChallengeRow
    attempts: AttemptRow
    memberships: MembershipRow
    invitations: InvitationRow
    api_keys: ApiKeyRow
    idempotent_answers: IdempotentAnswerRow
  }
}

export interface AccountRow {
  id: string
  key_epoch: number
  wrapped_key: Buffer | null
  identity_box: Buffer
  address_epoch: number
  address_hash: Buffer | null
  password_hash: string | null
  password_set_at: Date | null
  password_rules: number | null
  factors_removed_at: Date | null
  created_at: Date
  disabled_at: Date | null
}

export interface SessionRow {
  token_hash: Buffer
  account_id: string
  id: Generated<string>
  created_at: Date
  seen_at: Date
  expires_at: Date
  stage: 'second-factor' | 'entered'
  methods: ('password' | 'passkey' | 'totp' | 'recovery-code' | 'sso')[]
  confirmed_at: Date | null
  device_box: Buffer | null
  only_for: string | null
}

export interface TotpFactorRow {
  id: string
  account_id: string
  secret_box: Buffer
  created_at: Date
  active_at: Date | null
  used_at: Date | null
  last_step: Generated<number>
}

export interface RecoveryCodeRow { account_id: string; code_hash: Buffer; created_at: Date }

export interface PasskeyRow {
  id: string
  account_id: string
  credential_id: Buffer
  public_key: Buffer
  sign_count: number
  transports: string[]
  rp_id: string
  synced: boolean
  name_box: Buffer
  created_at: Date
  used_at: Date | null
}

export interface PasskeyChallengeRow {
  challenge_hash: Buffer
  account_id: string | null
  purpose: 'add' | 'sign-in' | 'confirm'
  browser_hash: Buffer
  expires_at: Date
}

export interface AttemptRow { key: Buffer; count: number; resets_at: Date; next_at: Generated<Date> }
export interface MembershipRow {
  organization_id: string
  account_id: string
  /** Built in, or made here. */
  roles: string[]
  /** Who decides about the roles. */
  managed_by: Generated<'desk' | 'provider' | 'directory'>
  joined_at: Date
  /** When it ends by itself; null: never. */
  ends_at: Generated<Date | null>
  ended_at: Date | null
}

export interface InvitationRow {
  organization_id: string
  id: string
  token_hash: Buffer
  roles: string[]
  /** When the membership will end by itself. */
  ends_at: Generated<Date | null>
  invited_by: string | null
  /** Whom of the team's list it is for. */
  person_id: Generated<string | null>
  created_at: Date
  expires_at: Date
  accepted_by: string | null
  accepted_at: Date | null
  revoked_at: Date | null
}

export interface ApiKeyRow {
  organization_id: string
  id: string
  token_hash: Buffer
  name: string
  roles: Role[]
  verbs: string[] | null
  assistant: boolean
  created_by: string | null
  created_at: Date
  expires_at: Date
  used_at: Generated<Date | null>
  revoked_at: Date | null
}

export interface IdempotentAnswerRow {
  organization_id: string
  key_hash: Buffer
  request_hash: Buffer
  answer_box: Buffer | null
  expires_at: Date
}
