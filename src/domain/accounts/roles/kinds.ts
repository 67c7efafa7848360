import { z } from 'zod'
import { defineKind } from '../../../ledger/index.ts'

const none = z.object({})
const permissions = z.array(z.string())

export const roleDefined = defineKind({
  kind: 'role.defined', about: 'A role of the organisation’s own making was made, or carries other permissions from now on.',
  stream: 'systems', subjects: ['role'], marks: none, facts: z.object({ permissions }), vouch: 'machine',
})
export const roleRemoved = defineKind({
  kind: 'role.removed', about: 'A role of the organisation’s own making is no more.',
  stream: 'systems', subjects: ['role'], marks: none, facts: none, vouch: 'machine',
})
export const personAway = defineKind({
  kind: 'person.away', about: 'Somebody is away on some days. Whoever stands in for them has their permissions on those days.',
  stream: 'people', subjects: ['person'], optional: ['delegate'], marks: none, facts: z.object({ from: z.string(), until: z.string() }), vouch: 'machine',
})
export const personBack = defineKind({
  kind: 'person.back', about: 'Somebody is back before the day that was announced, or is not away after all.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const glassBroken = defineKind({
  kind: 'access.glass-broken', about: 'Somebody took, for an hour, the access that is kept for emergencies. The others were told at once.',
  stream: 'people', subjects: ['emergency', 'person'], marks: none, facts: z.object({ reason: z.string(), ends_at: z.string() }), vouch: 'machine',
})
export const glassMended = defineKind({
  kind: 'access.glass-mended', about: 'The access for emergencies was given back, or ended, before its hour was over.',
  stream: 'people', subjects: ['emergency'], marks: none, facts: none, vouch: 'machine',
})
export const glassReviewed = defineKind({
  kind: 'access.glass-reviewed', about: 'Somebody else looked at what was done with the access for emergencies, and says whether it was called for.',
  stream: 'people', subjects: ['emergency'], marks: z.object({ justified: z.enum(['yes', 'no']) }), facts: z.object({ finding: z.string() }), vouch: 'company',
})
