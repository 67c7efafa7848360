/**
 * Every table by name. Each module adds its own rows where it lives:
 * `declare module '../db/tables.ts' { interface Tables { reports: ReportRow } }`.
 */
export interface Tables {}
