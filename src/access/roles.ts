/**
 * Roles × permissions, the one table. A verb names one permission; a role that is not listed beside it cannot use it.
 * `anyone` is every visitor, `reporter` the holder of one report's tracking phrase.
 */
export const permissions = {
  'reports.submit': ['anyone', 'reporter', 'admin', 'triager', 'member'],
  'reports.follow': ['reporter'],
  'reports.read': ['admin', 'triager', 'auditor'],
  'reports.triage': ['admin', 'triager'],
  'reports.erase': ['admin'],
  'public.read': ['anyone', 'reporter', 'admin', 'triager', 'member', 'auditor', 'machine'],
  'duties.read': ['admin', 'triager', 'member', 'auditor'],
  'policies.read': ['admin', 'triager', 'member', 'auditor'],
  'policies.write': ['admin'],
  'policies.publish': ['admin'],
  'evidence.record': ['admin', 'machine'],
  'evidence.import': ['admin'],
  'ledger.correct': ['admin'],
  'systems.manage': ['admin'],
  'access.manage': ['admin'],
  'keys.manage': ['admin'],
  'organization.manage': ['admin'],
} as const satisfies Record<string, readonly string[]>

export type Permission = keyof typeof permissions
export type Role = 'admin' | 'triager' | 'member' | 'auditor' | 'machine'
