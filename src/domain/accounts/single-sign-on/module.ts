/**
 * Single sign-on: an organisation's own OpenID provider lets its people in. It is believed about addresses in domains that the DNS has
 * shown to be the organisation's, and about nobody else; a session that it began opens that organisation alone.
 */
import { resolveTxt } from 'node:dns/promises'
import { z } from 'zod'
import { job, type Job } from '../../../jobs/index.ts'
import type { Module } from '../../../web/module.ts'
import { configureProvider, removeProvider } from './configure-provider.ts'
import { claimDomain, lookAgain, lookJob, releaseDomain, requireSingleSignOn } from './domains.ts'
import { endException, nameException } from './exceptions.ts'
import { setGroupRoles } from './group-roles.ts'
import { lookAtDomains } from './look-at-domains.ts'
import { entrancePages } from './pages/entrance.tsx'
import { settingsPages } from './pages/settings.tsx'
import { readSingleSignOn } from './read-single-sign-on.ts'

export const singleSignOn: Module = {
  name: 'single sign-on',
  verbs: [
    configureProvider, removeProvider, claimDomain, lookAgain, releaseDomain, requireSingleSignOn, nameException, endException, setGroupRoles,
  ],
  queries: [readSingleSignOn],
  pages(web) {
    entrancePages(web)
    settingsPages(web)
  },
}

export const singleSignOnJobs: readonly Job[] = [job({
  name: lookJob, payload: z.object({}), every: '23 * * * *',
  run: ({ database, organizationId, actor }) => lookAtDomains(database, organizationId, actor, resolveTxt),
})]
