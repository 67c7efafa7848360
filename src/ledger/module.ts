import type { Module } from '../web/module.ts'
import { serveLog } from './pages/serve-log.ts'

/** The log as anyone may read it. */
export const ledger: Module = {
  name: 'ledger',
  verbs: [],
  queries: [],
  pages: serveLog,
}
