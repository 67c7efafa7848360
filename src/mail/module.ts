import type { Module } from '../web/module.ts'
import { serveOpenPgp } from './openpgp/pages.ts'

/** What others need to write to us in confidence. */
export const mail: Module = { name: 'mail', verbs: [], queries: [], pages: serveOpenPgp }
