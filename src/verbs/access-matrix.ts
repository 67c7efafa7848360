import { memberRoles, permissions } from '../access/roles.ts'
import type { Operation, Registry } from './registry.ts'

/** The columns of the matrix: everybody, who holds a tracking phrase, the roles of members, API keys, and the directory's key. */
export const columns = ['anyone', 'reporter', ...memberRoles, 'machine', 'directory'] as const
export type Column = (typeof columns)[number]

/** Whether the column carries the operation. What anyone may do, everybody may. */
export function carries(column: Column, operation: Operation): boolean {
  const allowed: readonly string[] = permissions[operation.may]
  return allowed.includes('anyone') || allowed.includes(column)
}

/** docs/guides/access-matrix.md: who may do what, operation by operation. */
export function accessMatrix(operations: Registry): string {
  const rows = [...operations.verbs, ...operations.queries].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return [
    '# Who may do what', '',
    'Made from the operations\' own declarations by `npm run docs`; a test calls each of them as each role and holds this table to what happens.',
    'A key to the API has the roles that it was made with, and reaches only the operations that it was made for.',
    'A member of one organisation is a visitor in every other.', '',
    `| operation | permission | ${columns.join(' | ')} |`, `|---|---|${columns.map(() => ':-:').join('|')}|`,
    ...rows.map((operation) => `| \`${operation.name}\` | \`${operation.may}\` | ${marks(operation)} |`), '',
  ].join('\n')
}

const marks = (operation: Operation): string => columns.map((column) => (carries(column, operation) ? '✓' : '–')).join(' | ')
