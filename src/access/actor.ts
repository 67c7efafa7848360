import type { Permission, Role } from './roles.ts'

/** Somebody of the team, in one browser. */
export interface Member {
  readonly kind: 'member'
  readonly accountId: string
  readonly personName: string
  readonly roles: readonly Role[]
  /** What they may do beyond their roles: by a role of the organisation's own making, as somebody's deputy, or by breaking the glass. */
  readonly grants?: readonly Permission[]
  /** The session that they act in; absent where they act without a browser (example data). */
  readonly sessionId?: string
  /** Whether they have shown a second factor in this session within the last minutes, as what is dangerous demands. */
  readonly confirmed?: boolean
}

/** Who is doing it, as the boundary established. Verbs never look anywhere else for this. */
export type Actor =
  | { kind: 'nobody' }                                             // a visitor
  | { kind: 'reporter'; reportId: string }                         // holds the tracking phrase of one report
  | Member
  | { kind: 'machine'; keyId: string; roles: readonly Role[]; verbs: readonly string[] | 'all' }  // an API key, scoped to verbs
  | { kind: 'system'; job: string }                                // a job of ours; never reachable from outside
