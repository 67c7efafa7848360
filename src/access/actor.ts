import type { Permission, Role } from './roles.ts'

/** Somebody signed in, in one browser. */
interface SignedIn {
  readonly accountId: string
  readonly personName: string
  /** The session that they act in; absent where they act without a browser (example data). */
  readonly sessionId?: string
  /** Whether they have shown a second factor in this session within the last minutes, as what is dangerous demands. */
  readonly confirmed?: boolean
}

/** Signed in, and of no team here: a researcher, or somebody of another organisation. */
export interface Person extends SignedIn { readonly kind: 'person' }

/** Somebody of the team, in one browser. */
export interface Member extends SignedIn {
  readonly kind: 'member'
  readonly roles: readonly Role[]
  /** What they may do beyond their roles, by roles of the organisation's own making. */
  readonly grants?: readonly Permission[]
  /** What is theirs for a time: as the delegate of somebody who is away, or by breaking the glass. Not to be passed on. */
  readonly lent?: readonly Permission[]
  /** When their membership ends by itself. */
  readonly until?: Temporal.Instant
  /** Until when they have to add a second factor; absent where they have one. */
  readonly secondFactorBy?: Temporal.Instant
  /** The time to add a second factor is over: until there is one, neither roles nor grants count. */
  readonly withheld?: boolean
  /** Why nothing is open to them yet but what is their own to do; absent where nothing has to come first. */
  readonly heldBack?: string
  /** Where they can do something about it, and what their roles open to them all the same. */
  readonly heldHow?: { readonly at: string; readonly but: readonly Permission[] }
}

/** By which way a request came. */
export interface From {
  /** Only to be counted by a keyed hash: never stored or logged as it is. */
  readonly network: string
  /** Through Tor, where everybody has the same network. */
  readonly tor: boolean
  /** By a program's call, not from a page. */
  readonly program?: true
}

/** Who is doing it, as the boundary established, and by which way they came where they came over the web. Verbs never look anywhere else for this. */
export type Actor = Somebody & { readonly from?: From }

/** Somebody from outside who was let into one case: another vendor, a fixer, a CERT, a mediator. They see these parts of it, and their own channel. */
export interface Guest {
  readonly kind: 'guest'
  readonly guestId: string
  readonly reportId: string
  readonly guestName: string
  readonly mediates: boolean
  readonly sees: { readonly report: boolean; readonly files: boolean; readonly messages: boolean }
}

type Somebody =
  | { kind: 'nobody' }                                             // a visitor
  | { kind: 'reporter'; reportId: string }                         // holds the tracking phrase of one report
  | Guest
  | Person
  | Member
  | { kind: 'machine'; keyId: string; roles: readonly Role[]; verbs: readonly string[] | 'all' }  // an API key, scoped to verbs
  | { kind: 'system'; job: string }                                // a job of ours; never reachable from outside
