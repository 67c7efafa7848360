import type { ColumnType } from 'kysely'

type Later<T> = ColumnType<T | null, null | undefined, T>

/** `population` and `drawn` are the ZIP's own files, sealed: see docs/formats/samples.md. */
export interface SampleRow {
  organization_id: string
  id: string
  practice: string
  from_day: ColumnType<string, string, never>
  to_day: ColumnType<string, string, never>
  size: number
  key_id: string
  population: Buffer
  drawn: Later<Buffer>
  fixed_by: string
  fixed_at: Date
  fixed_entry_id: string
  drawn_by: Later<string>
  drawn_at: Later<Date>
  drawn_entry_id: Later<string>
}

declare module '../../db/tables.ts' {
  interface Tables { samples: SampleRow }
}
