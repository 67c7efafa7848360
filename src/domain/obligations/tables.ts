declare module '../../db/tables.ts' {
  interface Tables { duty_reminders: { organization_id: string; person_id: string; reminded_at: Date } }
}
