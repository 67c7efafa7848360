interface OfReport { organization_id: string; report_id: string }

export interface ReportDoingRow extends OfReport {
  id: string
  /** Who did it; null where it was the reporter, a guest or a machine. */
  account_id: string | null
  what: string
  batch_id: string
  /** How to take it back, and null where that cannot be done or has been. */
  undo: object | null
  at: Date
}
export interface ReportReadRow extends OfReport { account_id: string; read_at: Date; seen_at: Date; mentioned_at: Date | null }
export interface ReportWatcherRow extends OfReport { account_id: string; since: Date }
export interface ReportTagRow extends OfReport { tag: string }

export const linkKinds = ['related', 'blocks', 'split from', 'duplicate of'] as const
export type LinkKind = (typeof linkKinds)[number]
export interface CaseLinkRow { organization_id: string; from_id: string; to_id: string; kind: LinkKind }

export interface ReportTaskRow extends OfReport {
  id: string
  title: Buffer
  assignee_id: string | null
  due_on: string | null
  made_at: Date
  done_at: Date | null
  done_by: string | null
}

export const fieldKinds = ['text', 'number', 'choice', 'date'] as const
export type FieldKind = (typeof fieldKinds)[number]
export interface CaseFieldRow {
  organization_id: string; id: string; name: string; kind: FieldKind; choices: string[]; made_at: Date; retired_at: Date | null
}
export interface CaseFieldValueRow extends OfReport { field_id: string; value: string | null; sealed: Buffer | null }

export interface SavedFilterRow {
  organization_id: string; id: string; account_id: string; shared: boolean; name: string; query: string; made_at: Date
}
export interface MessageTemplateRow { organization_id: string; id: string; name: string; body: Buffer; changed_at: Date }

declare module '../../../db/tables.ts' {
  interface Tables {
    report_doings: ReportDoingRow
    report_reads: ReportReadRow
    report_watchers: ReportWatcherRow
    report_tags: ReportTagRow
    case_links: CaseLinkRow
    report_tasks: ReportTaskRow
    case_fields: CaseFieldRow
    case_field_values: CaseFieldValueRow
    saved_filters: SavedFilterRow
    message_templates: MessageTemplateRow
  }
}
