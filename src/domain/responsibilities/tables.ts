export const parts = ['responsible', 'accountable', 'consulted', 'informed'] as const
export type Part = (typeof parts)[number]

declare module '../../db/tables.ts' {
  interface Tables { responsibilities: { organization_id: string; area: string; person_id: string; part: Part } }
}
