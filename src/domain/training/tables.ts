import type { ColumnType } from 'kysely'
import type { Later } from '../../db/column.ts'
import type { Answers } from './grade.ts'
import type { Package } from './packages/manifest.ts'
import type { Reported } from './packages/outcome.ts'

export interface CourseRow { organization_id: string; id: string; slug: string; created_at: Date; withdrawn_at: Later<Date> }

export interface CourseVersionRow {
  organization_id: string
  id: string
  course_id: string
  version: number
  title: string
  body: string
  body_sha256: Buffer
  minutes: number
  pass_mark: number
  roles: string[]
  again_months: number
  published_at: Date
  package: ColumnType<Package | null, string | null | undefined, never>
}

export interface CourseAttemptRow {
  organization_id: string
  id: string
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

export interface PackageFileRow { organization_id: string; version_id: string; path: string; content: Buffer }

declare module '../../db/tables.ts' {
  interface Tables { courses: CourseRow; course_versions: CourseVersionRow; course_attempts: CourseAttemptRow; package_files: PackageFileRow }
}
