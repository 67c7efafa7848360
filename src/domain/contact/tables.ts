import type { ColumnType } from 'kysely'

declare module '../../db/tables.ts' {
  interface Tables { openpgp_keys: OpenPgpKeyRow }
}

export interface OpenPgpKeyRow {
  organization_id: string
  fingerprint: string
  user_id: string
  public_key: Buffer
  key_id: string
  private_key: Buffer
  created_at: Date
  /** From then on it only reads what is still encrypted to it. */
  replaced_at: ColumnType<Date | null, Date | null | undefined, Date | null>
}
