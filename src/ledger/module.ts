import type { Module } from '../web/module.ts'
import { checkpointSpace, logChangeKey, logReopen, logWitness, streamConfigure, witnessDismiss, witnessName } from './configure.ts'
import { confirmCorrection, proposeCorrection, withdrawCorrection } from './correct-entry.ts'
import { readAuditorsFile, serveAuditors } from './pages/openings.tsx'
import { serveLog } from './pages/serve-log.ts'
import { serveVerify } from './pages/verify.tsx'
import { serveWitness } from './pages/serve-witness.ts'

/** The log as anyone may read it. */
export const ledger: Module = {
  name: 'ledger',
  verbs: [
    proposeCorrection, confirmCorrection, withdrawCorrection,
    streamConfigure, checkpointSpace, witnessName, witnessDismiss, logWitness, logChangeKey, logReopen,
  ],
  queries: [readAuditorsFile],
  pages(web) {
    serveLog(web)
    serveVerify(web)
    serveAuditors(web)
    serveWitness(web)
  },
}
