import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { trackerKinds } from './tables.ts'

const tracker = z.enum(trackerKinds)
const ofBridge = { stream: 'systems', subjects: ['bridge'], vouch: 'machine' } as const

export const bridgeAdded = defineKind({
  kind: 'bridge.added', about: 'Reports can be passed on to an issue tracker from now on.', ...ofBridge,
  marks: z.object({ tracker }), facts: z.object({ host: z.string(), project: z.string() }),
})
export const bridgeEnded = defineKind({
  kind: 'bridge.ended', about: 'Reports can no longer be passed on to an issue tracker.', ...ofBridge,
  marks: z.object({ tracker }), facts: z.object({}),
})

/* Who sees a case is about people: sealed, and under another pseudonym than the case itself. */
export const passedOn = defineKind({
  kind: 'report.passed-on',
  about: 'Somebody passed a report on to an issue tracker: where to, and the hash of what they chose to send.',
  stream: 'people', subjects: ['report', 'bridge'], vouch: 'company',
  marks: z.object({ tracker, content: z.enum(['none', 'chosen']) }),
  facts: z.object({ host: z.string(), project: z.string(), sha256: z.string() }),
})
