import type { Module } from '../../web/module.ts'
import { answerAsGuest, answerProposal, replyToProposal } from './answer.ts'
import { endEmbargoEarly, recordReportersDisclosure, tellOwnDisclosure } from './end-early.ts'
import { followClock } from './follow-clock.ts'
import { setDisclosureHandling } from './handling.ts'
import './forget-credit.ts'
import './kinds.ts'
import { disclosurePages } from './pages/index.tsx'
import { askDisclosure, askEmbargo, proposeEmbargo, requestDisclosure, suggestEmbargo } from './propose.ts'
import { publishReport } from './publish.ts'
import { listPublished, readPublished } from './published.ts'
import './tables.ts'
import { agreeToPublication, approvePublication, markPublication, writePublication } from './write-text.ts'

/**
 * How long a report is kept confidential, and how it becomes public: embargoes that each party accepts by its own hand, requests to publish, the
 * redacted text and its proof.
 * What may never happen: something is published while an embargo runs that both accepted; a passage that somebody marked leaves the house; one
 * side's acceptance is written by the other.
 */
export const disclosure: Module = {
  name: 'disclosure',
  verbs: [
    proposeEmbargo, askEmbargo, suggestEmbargo, requestDisclosure, askDisclosure, answerProposal, replyToProposal, answerAsGuest,
    endEmbargoEarly, recordReportersDisclosure, tellOwnDisclosure, setDisclosureHandling,
    writePublication, markPublication, approvePublication, agreeToPublication, publishReport, followClock,
  ],
  queries: [listPublished, readPublished],
  pages: disclosurePages,
}

export { disclosureJobs } from './follow-clock.ts'
