import type { Module } from '../../../web/module.ts'
import { factorPages } from '../factors/pages.tsx'
import { secondFactorPages } from '../factors/second-factor-page.tsx'
import { confirmation, confirmationPages } from './confirmation.tsx'
import { sessionPages } from './sessions-page.tsx'

/** Second factors, sessions, and showing once more who one is. What they change belongs to the person, not to an organisation, so none is a verb. */
export const ownAccess: Module = {
  name: 'own access', verbs: [], queries: [], confirmation,
  pages(web) {
    factorPages(web)
    secondFactorPages(web)
    confirmationPages(web)
    sessionPages(web)
  },
}
