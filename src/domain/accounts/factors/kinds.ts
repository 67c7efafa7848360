import { z } from 'zod'
import { defineKind } from '../../../ledger/index.ts'

const factor = z.object({ factor: z.enum(['app', 'passkey', 'recovery-codes']) })
const none = z.object({})

export const factorAdded = defineKind({
  kind: 'person.factor-added', about: 'Somebody of the team added a second factor, or made new recovery codes.',
  stream: 'people', subjects: ['person'], marks: factor, facts: none, vouch: 'machine',
})
export const factorRemoved = defineKind({
  kind: 'person.factor-removed', about: 'Somebody of the team removed a second factor.',
  stream: 'people', subjects: ['person'], marks: factor, facts: none, vouch: 'machine',
})
export const recoveryCodeUsed = defineKind({
  kind: 'person.recovery-code-used', about: 'Somebody of the team used a recovery code in the place of a second factor.',
  stream: 'people', subjects: ['person'], marks: none, facts: z.object({ left: z.number() }), vouch: 'machine',
})
export const secondFactorSettingChanged = defineKind({
  kind: 'second-factor.required', about: 'How many days a member may do without a second factor was set.',
  stream: 'systems', subjects: [], marks: z.object({ days: z.string() }), facts: none, vouch: 'machine',
})
