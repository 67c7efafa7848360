import type { Module } from '../../web/module.ts'
import { renameOrganization, setLanguage } from './describe-organization.ts'
import { organizationPages } from './pages/organization.tsx'

/**
 * Organisations: one company each, with its policies, people and log. What may never happen: one sees a row of another;
 * the name under which a log signs changes; example data enters an organisation that was not made as an example.
 */
export const organizations: Module = { name: 'organizations', verbs: [renameOrganization, setLanguage], queries: [], pages: organizationPages }

export { firstStart, welcome, type FirstStart } from './first-start.ts'
export { foundOrganization, type NewOrganization } from './found-organization.ts'
