import type { Role } from './roles.ts'

declare module '../db/tables.ts' {
  interface Tables {
    accounts: AccountRow
    sessions: SessionRow
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
  created_at: Date
  disabled_at: Date | null
}

export interface SessionRow { token_hash: Buffer; account_id: string; created_at: Date; seen_at: Date; expires_at: Date }
export interface AttemptRow { key: Buffer; count: number; resets_at: Date }
export interface MembershipRow { organization_id: string; account_id: string; roles: Role[]; joined_at: Date; ended_at: Date | null }

export interface InvitationRow {
  organization_id: string
  id: string
  token_hash: Buffer
  roles: Role[]
  invited_by: string | null
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
  revoked_at: Date | null
}

export interface IdempotentAnswerRow {
  organization_id: string
  key_hash: Buffer
  request_hash: Buffer
  answer_box: Buffer | null
  expires_at: Date
}
