import { memberRoles, permissions } from '../access/roles.ts'
import type { Operation, Registry } from './registry.ts'

/** The columns: everybody, whoever is signed in, who holds a tracking phrase, a guest of one case, the roles of members, API keys, the directory's key. */
export const columns = ['anyone', 'person', 'reporter', 'guest', ...memberRoles, 'machine', 'directory'] as const
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
    'Made from the operations\' own declarations by `npm run docs`; tests call each of them as each role, and as whoever has lost a role, and hold this table',
    'to what happens. *Confirmed*: it takes a second factor shown in the last minutes, or a key that was made for this very operation.',
    'A key to the API has the roles that it was made with, and reaches only the operations that it was made for.',
    'A member of one organisation is a visitor in every other.', '',
    'Roles of your own making carry the permissions that you choose. Whoever stands in for somebody has that person’s permissions on those days;',
    'the access for emergencies is an administrator’s, and `reports.restricted`, for an hour. A session that waits for its second factor, or is over,',
    'opens what anyone may do.', '',
    `| operation | permission | confirmed | ${columns.join(' | ')} |`, `|---|---|:-:|${columns.map(() => ':-:').join('|')}|`,
    ...rows.map((operation) => `| \`${operation.name}\` | \`${operation.may}\` | ${operation.stepUp ? '✓' : ''} | ${marks(operation)} |`), '',
  ].join('\n')
}

const marks = (operation: Operation): string => columns.map((column) => (opens(column, operation) ? '✓' : '–')).join(' | ')

/** Whoever has a role for people is signed in. */
const opens = (column: Column, operation: Operation): boolean =>
  carries(column, operation) || ((memberRoles as readonly string[]).includes(column) && carries('person', operation))
