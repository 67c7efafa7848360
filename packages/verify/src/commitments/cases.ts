import type { LedgerEvent } from './event.ts'

/** Subject kind → pseudonym of the subject. */
export type Cases = LedgerEvent['cases']

/** Two entries belong together when they agree on every kind of subject that both name: always, where they name none in common. */
export function agree(a: Cases, b: Cases): boolean {
  for (const kind in a) {
    const other = b[kind]
    if (other !== undefined && other !== a[kind]) return false
  }
  return true
}
