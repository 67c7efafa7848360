import type { ColumnType } from 'kysely'
import type { Publication } from './kinds.ts'

/* Columns that come later in a row's life are left out when it is inserted. */
type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

export interface PolicyRow {
  organization_id: string
  id: string
  slug: string
  title: string
  governs_reports: boolean
  created_at: Date
  withdrawn_at: Later<Date>
}

export interface PolicyVersionRow {
  organization_id: string
  id: string
  policy_id: string
  version: number
  title: string
  body: string
  body_sha256: Buffer
  summary: string
  significant: boolean
  state: 'draft' | 'review' | 'published'
  drafted_by: string
  drafted_at: Date
  submitted_at: Later<Date>
  rehearsed_at: Later<Date>
  published_at: Later<Date>
  in_force_at: Later<Date>
}

export interface PolicyApprovalRow { organization_id: string; version_id: string; approver: string; approved_at: Date }

export interface CommitmentRow {
  organization_id: string
  policy_id: string
  mark: string
  publication: Publication
  public_from: Date | null
  changed_at: Date
}

export interface CommitmentExplanationRow { organization_id: string; id: string; policy_id: string; mark: string; explanation: string; explained_at: Date }

declare module '../../db/tables.ts' {
  interface Tables {
    policies: PolicyRow
    policy_versions: PolicyVersionRow
    policy_approvals: PolicyApprovalRow
    commitments: CommitmentRow
    commitment_explanations: CommitmentExplanationRow
  }
}
