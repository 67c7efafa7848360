/**
 * First days: who begins when, and what the policies in force want before that. What may never happen: somebody begins while something of it is
 * missing, unless two people say so, and then everybody who reads the record sees it; somebody lets themselves in.
 */
import { holdBack } from '../../access/hold-back.ts'
import { onEntry } from '../../ledger/index.ts'
import type { Module } from '../../web/module.ts'
import { confirmFirstDay, confirmOverride, proposeOverride } from './confirm-first-day.ts'
import { isWaiting } from './find.ts'
import { listFirstDays } from './list-first-days.ts'
import { firstDayPages } from './pages/index.tsx'
import './tables.ts'

export const firstDays: Module = {
  name: 'first-days', verbs: [confirmFirstDay, proposeOverride, confirmOverride], queries: [listFirstDays], pages: firstDayPages,
}

/** Whoever comes back begins anew. */
onEntry(['person.left'], async (tx, { subjects: { person } }) => { await tx.db.deleteFrom('first_days').where('person_id', '=', person!).execute() })

holdBack({ why: 'Your first day has not been confirmed yet. Until then you see here what is yours to do before it.', holds: isWaiting })

export { confirmOverride } from './confirm-first-day.ts'
export { firstDayNotices, waitingOverrides } from './list-first-days.ts'
