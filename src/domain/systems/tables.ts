declare module '../../db/tables.ts' {
  interface Tables {
    systems: SystemRow
    sources: SourceRow
    check_nonces: { organization_id: string; source_id: string; nonce: string; observed_at: Date }
    check_results: CheckResultRow
    evidence_imports: EvidenceImportRow
  }
}

export interface SystemRow {
  organization_id: string
  id: string
  slug: string
  title: string
  hosts: string[]
  listed_at: Date
  retired_at: Date | null
}

export interface SourceRow {
  organization_id: string
  id: string
  slug: string
  title: string
  kinds: string[]
  vouch: 'machine' | 'third-party' | 'both' | 'company'
  public_key: Buffer | null
  api_key_id: string | null
  registered_at: Date
}

export interface CheckResultRow {
  organization_id: string
  system_id: string
  check_name: string
  passed: boolean
  detail: string
  observed_at: Date
  /** The first look of those that all saw the same, one after another. */
  since: Date
}

/** `rows` is JSON text on its way in. */
export interface EvidenceImportRow {
  organization_id: string
  id: string
  rows: string
  proposed_by: string
  proposed_at: Date
  recorded_at: Date | null
}
