import { z } from 'zod'
import { memberRoles } from '../../../access/roles.ts'

/** A role's name: what entries, keys and group mappings say. */
export const RoleName = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'Use small letters, digits and hyphens, such as code-reviewer.')

export const Roles = z.array(RoleName).min(1, 'Choose at least one role.').max(20)
  .describe(`Names of roles: ${memberRoles.join(', ')}, or one that was made here (role.list)`)
