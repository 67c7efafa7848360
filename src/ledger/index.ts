/**
 * The ledger: what happened, written once. An entry is never changed or taken back; it may be corrected by another entry, and its
 * facts can be erased, which leaves every proof valid. See docs/formats/ledger.md.
 */
export { append, type NewEntry } from './append.ts'
export { checkLedger, type LedgerReport } from './check-ledger.ts'
export { heldStreams, holdMarks, releaseMarks } from './embargo.ts'
export { changeLogKey, reopenLog } from './change-log-key.ts'
export { eraseFacts } from './erase-facts.ts'
export { logSize, readEvents, type FiledEvent } from './events.ts'
export { factsBoxOf, factsOf } from './facts.ts'
export { listFaults, type LedgerFault } from './faults.ts'
export { defineKind, findKind, listKinds, Mark, streams, type Kind, type Stream, type StreamSetting, type Vouch } from './kinds.ts'
export { kindsPage } from './kinds-page.ts'
export { ledger } from './module.ts'
export { openLog } from './open-log.ts'
export { auditorOpenings } from './openings.ts'
export { awaitReceipt, contentFor, receiptFor } from './receipts.ts'
export { reopenedAt } from './reopened.ts'
export { sequenceAll, sequenceIn } from './sequence.ts'
export { startSequencer, type Sequencer } from './sequencer.ts'
export { configureStream, declareKinds } from './stream-settings.ts'
export { publishedCheckpoint } from './storage.ts'
export { pseudonymsOf, subjectsOf } from './subjects.ts'
