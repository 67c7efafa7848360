import type { ColumnType } from 'kysely'
import type { Later, Named } from '../../db/column.ts'
import type { TextRow, TextVersionRow } from '../texts/index.ts'
import type { Answers } from './grade.ts'
import type { Package } from './packages/manifest.ts'
import type { Reported } from './run-time/outcome.ts'

export interface CourseRow extends TextRow { created_at: Date }

export interface CourseVersionRow extends TextVersionRow {
  course_id: string
  minutes: number
  pass_mark: number
  again_months: number
  package: ColumnType<Package | null, string | null | undefined, never>
}

export interface CourseAttemptRow extends Named {
  person_id: string
  course_id: string
  version_id: string
  answers: ColumnType<Answers, string, string>
  began_at: Date
  ended_at: Later<Date>
  right_answers: Later<number>
  questions: Later<number>
  passed: Later<boolean>
  entry_id: Later<string>
  reported: ColumnType<Reported, string | undefined, string>
  score: Later<number>
}

/** When somebody last passed a course. */
export interface CoursePassRow { organization_id: string; course_id: string; person_id: string; passed_at: Date }

export interface PackageFileRow { organization_id: string; version_id: string; path: string; content: Buffer }

declare module '../../db/tables.ts' {
  interface Tables { courses: CourseRow; course_versions: CourseVersionRow; course_attempts: CourseAttemptRow }
  interface Tables { course_passes: CoursePassRow; package_files: PackageFileRow }
}
