import type { Generated } from 'kysely'

/**
 * Every table by name. Each module adds its own rows where it lives:
 * `declare module '../db/tables.ts' { interface Tables { reports: ReportRow } }`.
 * `timestamptz` is read as a Date, `bigint` as a number (all of ours are below 2^53), `bytea` as a Buffer.
 */
export interface Tables {
  organizations: OrganizationRow
}

export interface OrganizationRow {
  id: string
  slug: string
  name: string
  host: string | null
  log_origin: string
  zone: Generated<string>
  language: Generated<'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt'>
  example: Generated<boolean>
  created_at: Generated<Date>
  second_factor_days: Generated<number>
  second_factor_since: Generated<Date>
  /** `ACME` of `ACME-142`; none until it is chosen. */
  case_prefix: Generated<string | null>
}
