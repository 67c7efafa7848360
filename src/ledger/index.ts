/**
 * The ledger: what happened, written once. An entry is never changed or taken back; it may be corrected by another entry, and its
 * facts can be erased, which leaves every proof valid. See docs/formats/ledger.md.
 */
export { append, type NewEntry } from './append.ts'
export { logSize, readEvents } from './events.ts'
export { factsBoxOf, factsOf } from './facts.ts'
export { listFaults, type LedgerFault } from './faults.ts'
export { defineKind, findKind, listKinds, Mark, streams, type Kind, type Stream, type StreamSetting, type Vouch } from './kinds.ts'
export { openLog } from './open-log.ts'
export { sequenceAll } from './sequence.ts'
export { startSequencer, type Sequencer } from './sequencer.ts'
export { configureStream, readStreamSettings } from './stream-settings.ts'
