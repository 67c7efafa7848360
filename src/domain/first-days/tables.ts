import type { Later, Owned } from '../../db/column.ts'

export interface FirstDayRow extends Owned {
  person_id: string
  override_key_id: Later<string>
  override_reason: Later<Buffer>
  proposed_by: Later<string>
  proposed_at: Later<Date>
  confirmed_by: Later<string>
  started_at: Later<Date>
  entry_id: Later<string>
}

declare module '../../db/tables.ts' {
  interface Tables { first_days: FirstDayRow }
}
