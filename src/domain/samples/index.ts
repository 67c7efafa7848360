/**
 * Samples for auditors, of every practice: whom one can be drawn of is fixed and compared with its sources, a seed that nobody chose draws, and one ZIP
 * holds all that belongs to those drawn, each line of it provable. What may never happen: somebody chooses who is drawn; an auditor gets what they
 * may not see; a copy outlives an erasure here. See docs/formats/samples.md.
 */
import type { Module } from '../../web/module.ts'
import { drawSample } from './draw-sample.ts'
import { listSamples, readSample } from './find.ts'
import { fixPopulation } from './fix-population.ts'
import './kinds.ts'
import { samplePages } from './pages/index.tsx'
import './tables.ts'

export const samples: Module = { name: 'samples', verbs: [fixPopulation, drawSample], queries: [listSamples, readSample], pages: samplePages }

export { addCertificates, type Paper } from './certificates.ts'
export { recorded } from './recorded.ts'
export { addEvidence, addSamplable, type Evidence, type EvidenceFile, type Period, type Samplable, type Source } from './samplable.ts'
export { addTextsTaken, textFiles } from './texts.ts'
