import type { Later, Owned } from '../../db/column.ts'

export interface PolicyAudienceRow { organization_id: string; policy_id: string; roles: string[]; countries: string[]; every_version: boolean }

export interface AcceptanceFirstRow { organization_id: string; since: Date }

export interface AcceptanceRow extends Owned {
  version_id: string
  person_id: string
  policy_id: string
  asked_at: Date
  /** By when, as was promised when it was asked. */
  due_at: Date
  accepted_at: Later<Date>
  entry_id: Later<string>
}

declare module '../../db/tables.ts' {
  interface Tables { policy_audiences: PolicyAudienceRow; acceptances: AcceptanceRow; acceptance_first: AcceptanceFirstRow }
}
