import type { ColumnType } from 'kysely'
import type { Later, Named } from '../../db/column.ts'

type Day = ColumnType<string, string, string>

export const lists = ['joiner', 'mover', 'leaver'] as const
export type List = (typeof lists)[number]

export interface ChecklistTemplateRow { organization_id: string; list: List; items: string }
export interface ChecklistRow { organization_id: string; id: string; person_id: string; list: List; day: Day; opened_at: Date; closed_at: Later<Date> }

export interface ChecklistItemRow extends Named {
  checklist_id: string
  position: number
  item: string
  owner_id: string | null
  owner_role: string | null
  due_on: Day
  records: 'access.revoked' | null
  done_at: Later<Date>
  done_by: Later<string>
  reminded_at: Later<Date>
}

declare module '../../db/tables.ts' {
  interface Tables {
    checklist_templates: ChecklistTemplateRow
    checklists: ChecklistRow
    checklist_items: ChecklistItemRow
  }
}
