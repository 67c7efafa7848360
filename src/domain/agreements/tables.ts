import type { Later, Named } from '../../db/column.ts'
import type { TextRow, TextVersionRow } from '../texts/index.ts'

export interface AgreementRow extends TextRow { confidentiality: boolean }

export interface AgreementVersionRow extends TextVersionRow { agreement_id: string; countries: string[] }

export interface AgreementSignatureRow extends Named {
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
