import type { Module } from '../web/module.ts'
import { serveLog } from './pages/serve-log.ts'
import { serveVerify } from './pages/verify.tsx'
import { serveWitness } from './pages/serve-witness.ts'

/** The log as anyone may read it. */
export const ledger: Module = {
  name: 'ledger',
  verbs: [],
  queries: [],
  pages(web) {
    serveLog(web)
    serveVerify(web)
    serveWitness(web)
  },
}
