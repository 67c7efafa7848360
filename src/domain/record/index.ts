import type { Module } from '../../web/module.ts'
import { listEntriesQuery } from './list-entries.ts'
import { correctionPages } from './pages/corrections.tsx'
import { entryPages } from './pages/entries.tsx'
import { witnessPages } from './pages/witnesses.tsx'

/**
 * The record as the team and an auditor look at it: every entry can be found, one that was wrong is corrected by two people, and witnesses
 * are named. What may never happen: a page shows facts that are sealed; an entry changes or goes.
 */
export const record: Module = {
  name: 'record',
  verbs: [],
  queries: [listEntriesQuery],
  pages(web) {
    correctionPages(web)
    witnessPages(web)
    entryPages(web)
  },
}
