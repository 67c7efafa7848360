import type { ColumnType } from 'kysely'
import type { Later, Named, Owned } from '../../db/column.ts'

/** People who were sent the mail in some weeks, at least five of them. Days are the Mondays of the first and the last week. */
export interface Group { readonly from: string; readonly to: string; readonly sent: number; readonly opened: number; readonly reported: number }

export interface ExerciseRow extends Named {
  sender: string
  subject: string
  body: string
  clues: string[]
  first_day: string
  last_day: string
  planned_by: string
  planned_at: Date
  approved_at: Later<Date>
  ended_at: Later<Date>
  groups: ColumnType<Group[] | null, string | null | undefined, string | null>
}

export interface ExerciseLetterRow extends Owned {
  exercise_id: string
  account_id: string
  send_at: Date
  sent_at: Later<Date>
  reported: ColumnType<boolean, boolean | undefined, boolean>
}

export interface ExerciseLinkRow extends Owned {
  token_hash: Buffer
  exercise_id: string
  week: string
  opened: ColumnType<boolean, boolean | undefined, boolean>
}

declare module '../../db/tables.ts' {
  interface Tables { exercises: ExerciseRow; exercise_letters: ExerciseLetterRow; exercise_links: ExerciseLinkRow }
}
