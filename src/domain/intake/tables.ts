import type { Generated } from 'kysely'

/**
 * What became of a mail by itself. `quarantined`: a person has to look. `someone-else`: it follows a case, and is not from its reporter's address.
 * `under-way`: somebody of the team brought it, and it is about to be taken apart.
 */
export type Became = 'report' | 'answer' | 'someone-else' | 'bounce' | 'automatic' | 'quarantined' | 'under-way'

export interface MessageRow {
  organization_id: string
  id: string
  key_id: string
  source_hash: Buffer
  message_id_hash: Buffer | null
  sender_hash: Buffer | null
  raw_id: string
  box: Buffer | null
  became: Became
  report_id: string | null
  received_at: Date
  answered: Generated<boolean>
  settled_as: Generated<'report' | 'discarded' | null>
  settled_at: Generated<Date | null>
  /** Who of the team brought it in as a file; null where it came by itself. */
  brought_by: Generated<string | null>
}

export interface IntakeAddressRow { organization_id: string; address: string; added_at: Date }

export interface IntakeWayRow {
  way: string
  uid_validity: number | null
  last_uid: Generated<number>
  last_message_at: Generated<Date | null>
  connected_at: Generated<Date | null>
  error: Generated<string | null>
  error_at: Generated<Date | null>
}

declare module '../../db/tables.ts' {
  interface Tables {
    messages: MessageRow
    intake_addresses: IntakeAddressRow
    intake_ways: IntakeWayRow
  }
}
