/**
 * Gates: what reports meet on their way in. They decide in which order reports are read, never whether: every report is taken in, stands in
 * one of four classes, and says to the team why.
 * What may never happen: a report is refused for whom it comes from; somebody's network address is stored; a word typed into a form speaks for
 * somebody; a machine's judgement counts against a sender.
 */
import type { Module } from '../../web/module.ts'
import { askChallenge } from './effort.ts'
import './kinds.ts'
import './outcomes.ts'
import { gatePages } from './pages/gates.tsx'
import { pauseIntake, resumeIntake } from './pause.ts'
import { configureGates, readGates } from './settings.ts'
import './tables.ts'
import { readVouching, vouch } from './vouch.ts'

export const gates: Module = {
  name: 'gates',
  verbs: [configureGates, pauseIntake, resumeIntake, vouch],
  queries: [readGates, askChallenge, readVouching],
  pages: gatePages,
}

export { admit, forgetSenders, keepSenders, sendersKept, type Admission } from './admit.ts'
export { blockAgainst, blockSenders, liftBlocks, listBlocks, type Block } from './block.ts'
export { effortFor } from './effort.ts'
export { GateTabs } from './pages/gates.tsx'
export { inTurn } from './in-turn.ts'
export { EffortFields, PauseNotice } from './pages/form-parts.tsx'
export { endPause, pauseIsOver } from './pause.ts'
export { classify, queues, reasonInWords, speaksFor, type Queue, type Signals } from './queue.ts'
export { reputationOf, type Reputation } from './reputation.ts'
export type { Sender } from './senders.ts'
export { gateSettings, type GateSettings } from './settings.ts'
export { readVouching, vouch } from './vouch.ts'
