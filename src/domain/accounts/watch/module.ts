import type { Module } from '../../../web/module.ts'
import { listNoticed } from './list-noticed.ts'
import { alertPages } from './pages/alert.tsx'
import { noticedPages } from './pages/noticed.tsx'

/**
 * Who tries to enter, and how. What may never happen: an address or a network is kept; a stranger's guesses keep the owner out; the time of an
 * answer tells whether there is an account; somebody who tries all day fills the ledger, the mailbox or the database.
 */
export const watch: Module = {
  name: 'watch', verbs: [], queries: [listNoticed],
  pages(web) {
    alertPages(web)
    noticedPages(web)
  },
}
