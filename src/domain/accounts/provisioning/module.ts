/**
 * The directory of an organisation's identity provider says, by SCIM 2.0, who is on the team and in which groups. What a group may do is decided
 * at the desk. It speaks of addresses in the organisation's own domains alone, and whom it ends, ends at once.
 */
import type { Module } from '../../../web/module.ts'
import { createDirectoryKey, revokeDirectoryKey } from './directory-keys.ts'
import { directoryPages } from './pages/directory.tsx'
import { directoryQueries, directoryVerbs, scimPages } from './pages/scim.ts'
import { readDirectory } from './read-directory.ts'

export const provisioning: Module = {
  name: 'provisioning',
  verbs: [createDirectoryKey, revokeDirectoryKey, ...directoryVerbs],
  queries: [readDirectory, ...directoryQueries],
  pages(web) {
    directoryPages(web)
    scimPages(web)
  },
}
