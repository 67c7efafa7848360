/**
 * Background checks: the word that one came to, and its date. What may never happen: the report itself is kept here, or Avow says what a law allows.
 */
import { onEntry } from '../../ledger/index.ts'
import type { Module } from '../../web/module.ts'
import './duties.ts'
import { keepNewest } from './find.ts'
import { backgroundCheckPages } from './pages/index.tsx'
import { recordBackgroundCheck, results, setLaw } from './record-check.ts'
import './tables.ts'

onEntry(results.map((result) => `background-check.${result}`), keepNewest)

export const backgroundChecks: Module = {
  name: 'background-checks', verbs: [recordBackgroundCheck, setLaw], queries: [], pages: backgroundCheckPages,
}

export { newestChecks, type BackgroundCheck } from './find.ts'
