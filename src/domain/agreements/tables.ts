import type { Later } from '../../db/column.ts'

export interface AgreementRow { organization_id: string; id: string; slug: string; confidentiality: boolean; withdrawn_at: Later<Date> }

export interface AgreementVersionRow {
  organization_id: string
  id: string
  agreement_id: string
  version: number
  title: string
  body: string
  body_sha256: Buffer
  roles: string[]
  countries: string[]
  published_at: Date
}

export interface AgreementSignatureRow {
  organization_id: string
  id: string
  agreement_id: string
  person_id: string
  version_id: Later<string>
  attachment_id: Later<string>
  /** `2026-01-31` */
  signed_on: Later<string>
  brought_by: Later<string>
  brought_at: Later<Date>
  confirmed_by: Later<string>
  signed_at: Later<Date>
  entry_id: Later<string>
}

declare module '../../db/tables.ts' {
  interface Tables { agreements: AgreementRow; agreement_versions: AgreementVersionRow; agreement_signatures: AgreementSignatureRow }
}
