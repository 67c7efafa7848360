import type { Role } from './roles.ts'

/** Who is doing it, as the boundary established. Verbs never look anywhere else for this. */
export type Actor =
  | { kind: 'nobody' }                                             // a visitor
  | { kind: 'reporter'; reportId: string }                         // holds the tracking phrase of one report
  | { kind: 'member'; accountId: string; personName: string; roles: readonly Role[] }
  | { kind: 'machine'; keyId: string; roles: readonly Role[]; verbs: readonly string[] | 'all' }  // an API key, scoped to verbs
  | { kind: 'system'; job: string }                                // a job of ours; never reachable from outside
