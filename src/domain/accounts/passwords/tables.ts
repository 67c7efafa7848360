export type LinkPurpose = 'reset' | 'sign-up' | 'recovery' | 'refuse-recovery'

export interface MailRequestRow { organization_id: string; id: string; purpose: 'reset' | 'sign-up'; address_box: Buffer; created_at: Date }

export interface MailLinkRow {
  organization_id: string
  token_hash: Buffer
  purpose: LinkPurpose
  account_id: string | null
  address_box: Buffer | null
  recovery_id: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface RecoveryRow {
  organization_id: string
  id: string
  account_id: string
  asked_by: string
  reason_box: Buffer
  asked_at: Date
  approved_by: string | null
  approved_at: Date | null
  refused_at: Date | null
  refused_by: string | null
  finished_at: Date | null
  expires_at: Date
}

declare module '../../../db/tables.ts' {
  interface Tables {
    mail_requests: MailRequestRow
    mail_links: MailLinkRow
    recoveries: RecoveryRow
  }
}
