/**
 * Background checks: the word that one came to, and its date. What may never happen: the report itself is kept here, or Avow says what a law allows.
 */
import type { Module } from '../../web/module.ts'
import { backgroundCheckPages } from './pages/index.tsx'
import { recordBackgroundCheck, setLaw } from './record-check.ts'
import './tables.ts'

export const backgroundChecks: Module = {
  name: 'background-checks', verbs: [recordBackgroundCheck, setLaw], queries: [], pages: backgroundCheckPages,
}

export { newestChecks, type BackgroundCheck } from './find.ts'
