/**
 * Legal holds: what must not be erased while a dispute or an inquiry lasts. The refusal itself is where keys are destroyed (src/seal/holds.ts).
 * What may never happen: something is erased that a living hold covers; somebody who may not read holds learns why one was placed.
 */
import type { Module } from '../../web/module.ts'
import { listHolds } from './find.ts'
import './kinds.ts'
import { holdPages } from './pages/index.tsx'
import { liftHold, placeHold } from './place-hold.ts'

export const holds: Module = { name: 'holds', verbs: [placeHold, liftHold], queries: [listHolds], pages: holdPages }
