/**
 * Roles × permissions, the one table. A verb names one permission; a role that is not listed beside it cannot use it.
 * `anyone` is everybody, signed in or not; `person` whoever is signed in, of the team or not; `reporter` the holder of one report's tracking phrase;
 * `machine` any API key; `directory` the key of an identity provider's directory (SCIM), which opens nothing else.
 */
export const permissions = {
  'public.read': ['anyone'],
  'account.own': ['person'],
  'reports.submit': ['anyone'],
  'reports.follow': ['reporter'],
  'reports.read': ['admin', 'triager', 'auditor'],
  'reports.triage': ['admin', 'triager'],
  'reports.erase': ['admin'],
  'own.do': ['admin', 'triager', 'member'],
  'training.manage': ['admin'],
  'duties.read': ['admin', 'triager', 'member', 'auditor'],
  'policies.read': ['admin', 'triager', 'member', 'auditor'],
  'policies.write': ['admin'],
  'policies.publish': ['admin'],
  'evidence.record': ['admin', 'machine'],
  'evidence.import': ['admin'],
  'ledger.correct': ['admin'],
  'openings.read': ['admin', 'auditor'],
  'systems.manage': ['admin'],
  'access.manage': ['admin'],
  'keys.manage': ['admin'],
  'sign-in.manage': ['admin'],
  'people.provision': ['directory'],
  'organization.manage': ['admin'],
} as const satisfies Record<string, readonly (Role | 'anyone' | 'person' | 'reporter')[]>

export type Permission = keyof typeof permissions
export type Role = 'admin' | 'triager' | 'member' | 'auditor' | 'machine' | 'directory'

/** The roles that a person of the organisation can be given. */
export const memberRoles = ['admin', 'triager', 'member', 'auditor'] as const satisfies readonly Role[]
