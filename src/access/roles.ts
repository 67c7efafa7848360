/**
 * Roles × permissions, the one table. A verb names one permission; a role that is not listed beside it cannot use it.
 * `anyone` is everybody, signed in or not; `person` whoever is signed in, of the team or not; `reporter` the holder of one report's tracking phrase;
 * `guest` somebody from outside who was let into one case; `machine` any API key; `directory` the key of an identity provider's directory
 * (SCIM), which opens nothing else.
 */
export const permissions = {
  'public.read': ['anyone'],
  'account.own': ['person'],
  'reports.submit': ['anyone'],
  'reports.follow': ['reporter'],
  'reports.assist': ['guest'],
  'reports.read': ['admin', 'triager', 'auditor'],
  'reports.triage': ['admin', 'triager'],
  'reports.erase': ['admin'],
  'intake.receive': [],                                            // a mail that reached us: our own mailbox and receiver alone
  'replays.record': [],                                            // what came of running a reproducer: our own job alone
  'reports.restricted': [],                                        // every report, also those that are restricted to others: only in an emergency
  'own.do': ['admin', 'deputy', 'triager', 'member'],
  'training.manage': ['admin'],
  'people.read': ['admin', 'auditor'],
  'people.manage': ['admin'],
  'holds.read': ['admin', 'auditor'],
  'holds.manage': ['admin'],
  'samples.draw': ['admin', 'auditor'],
  'duties.read': ['admin', 'deputy', 'triager', 'member', 'auditor'],
  'policies.read': ['admin', 'deputy', 'triager', 'member', 'auditor'],
  'policies.write': ['admin'],
  'policies.publish': ['admin'],
  'evidence.record': ['admin', 'machine'],
  'evidence.import': ['admin'],
  'ledger.correct': ['admin'],
  'openings.read': ['admin', 'auditor'],
  'systems.manage': ['admin'],
  'approvals.give': ['admin', 'deputy'],
  'access.manage': ['admin'],
  'access.break-glass': ['admin', 'deputy'],
  'keys.manage': ['admin'],
  'sign-in.manage': ['admin'],
  'webhooks.manage': ['admin'],
  'bridges.manage': ['admin'],
  'people.provision': ['directory'],
  'organization.manage': ['admin'],
} as const satisfies Record<string, readonly (Role | 'anyone' | 'person' | 'reporter' | 'guest')[]>

export type Permission = keyof typeof permissions
export type Role = 'admin' | 'deputy' | 'triager' | 'member' | 'auditor' | 'machine' | 'directory'

/** The roles that a person of the organisation can be given. */
export const memberRoles = ['admin', 'deputy', 'triager', 'member', 'auditor'] as const satisfies readonly Role[]
export type MemberRole = (typeof memberRoles)[number]

const roles: ReadonlySet<string> = new Set<Role>([...memberRoles, 'machine', 'directory'])
export const isRole = (name: string): name is Role => roles.has(name)
export const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name)

/** What these roles carry. Roles of an organisation's own making are not among them: `custom_roles` says what they carry. */
export const permissionsOf = (names: readonly string[]): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => permissions[permission].some((role) => names.includes(role)))

/** What a role of an organisation's own making can carry: whatever a role for people carries. */
export const grantable: readonly Permission[] = permissionsOf(memberRoles)

/** What breaking the glass opens, for an hour: all that an administrator may do, and the reports that are restricted to others. */
export const inEmergency: readonly Permission[] = [...permissionsOf(['admin']), 'reports.restricted']
