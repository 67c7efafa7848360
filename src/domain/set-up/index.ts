import type { Module } from '../../web/module.ts'
import { setUpPage } from './page.tsx'
import { readSetUp } from './read-set-up.ts'

/** What is missing before others can rely on it, and what waits where a second person is. Nothing is kept here, and nothing is ticked off by hand. */
export const setUp: Module = {
  name: 'set-up',
  verbs: [],
  queries: [readSetUp],
  pages(web) {
    web.get('/desk/set-up', { may: 'access.manage' }, setUpPage)
  },
}
