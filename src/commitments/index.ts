/**
 * How each promise stands, computed from the ledger and from nothing else: the engine of avow-verify follows the log of every
 * organisation that somebody looks at. What may never happen: a standing is set by hand, or differs from a replay.
 *
 * Pages read `standings` (team) or `publicStandings` (everybody), `duties` and `dutiesAbout`; the outside reads `/standings.json`.
 */
import type { Module } from '../web/module.ts'
import './kinds.ts'
import { listDuties, listStandings, standingsForAll } from './standings.ts'

export const commitments: Module = {
  name: 'commitments',
  verbs: [],
  queries: [listStandings, listDuties],
  pages(web) {
    web.get('/standings.json', { may: 'public.read' }, async (page) => {
      const { size, asOf, standings } = await page.reading(standingsForAll)
      const headers = { 'cache-control': 'public, max-age=5', 'access-control-allow-origin': '*' }
      return Response.json({ size, as_of: asOf, commitments: standings }, { headers })
    })
  },
}

export type { Disclosure } from './disclosure.ts'
export { dutyWords } from './duty-words.ts'
export { absenceAttested, calendarSet, sourceConnected } from './kinds.ts'
export { followLedger, snapshotJob, withEngine, type Heard } from './live.ts'
export {
  allDuties, allStandings, duties, dutiesAbout, publicStandings, standings, standingsForAll, unmetBefore,
  type DutyAbout, type PublicStanding, type Standings,
} from './standings.ts'
