import { z } from 'zod'
import { defineKind } from '../../../ledger/index.ts'

const none = z.object({})

export const passwordChanged = defineKind({
  kind: 'person.password-changed', about: 'Somebody set another password: as they were signed in, or with a link that was mailed to them.',
  stream: 'people', subjects: ['person'], marks: z.object({ by: z.enum(['own password', 'mailed link']) }), facts: none, vouch: 'machine',
})
export const recoveryAsked = defineKind({
  kind: 'recovery.asked', about: 'An administrator asked that the second factor of somebody who has lost it be removed.',
  stream: 'people', subjects: ['person'], marks: none, facts: z.object({ reason: z.string() }), vouch: 'machine',
})
export const recoveryApproved = defineKind({
  kind: 'recovery.approved', about: 'A second administrator agreed that a lost second factor be removed.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const recoveryRefused = defineKind({
  kind: 'recovery.refused', about: 'An administrator, or the person, stopped the removal of a second factor.',
  stream: 'people', subjects: ['person'], marks: z.object({ by: z.enum(['administrator', 'person']) }), facts: none, vouch: 'machine',
})
export const recoveryFinished = defineKind({
  kind: 'recovery.finished', about: 'A lost second factor was removed, and every session of the person ended.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
