import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

const none = z.object({})
const roles = z.array(z.string())
/** The last day of an access that ends by itself. */
const until = z.string().nullish()

export const personJoined = defineKind({
  kind: 'person.joined', about: 'Somebody became a member of the team.',
  stream: 'people', subjects: ['person'], marks: none, facts: z.object({ roles, invited_by: z.string().nullable(), until }), vouch: 'machine',
})
export const personInvited = defineKind({
  kind: 'person.invited', about: 'Somebody was invited to the team, with these roles.',
  stream: 'people', subjects: ['invitation'], marks: none, facts: z.object({ roles, until }), vouch: 'machine',
})
export const invitationWithdrawn = defineKind({
  kind: 'invitation.withdrawn', about: 'An invitation was taken back before anybody accepted it.',
  stream: 'people', subjects: ['invitation'], marks: none, facts: none, vouch: 'machine',
})
export const personLeft = defineKind({
  kind: 'person.left', about: 'Somebody is no longer a member of the team; their access ended with it.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const personMoved = defineKind({
  kind: 'person.moved', about: 'Somebody has another title, department, country or manager than before.',
  stream: 'people', subjects: ['person'], marks: none, vouch: 'machine',
  facts: z.object({ changed: z.array(z.string()), from: z.record(z.string(), z.string().nullable()), to: z.record(z.string(), z.string().nullable()) }),
})
export const rolesChanged = defineKind({
  kind: 'person.roles-changed', about: 'Somebody was given other roles.',
  stream: 'people', subjects: ['person'], marks: none, facts: z.object({ from: roles, to: roles, until }), vouch: 'machine',
})
export const keyCreated = defineKind({
  kind: 'key.created', about: 'A key to the API was made.',
  stream: 'systems', subjects: ['key'], marks: z.object({ assistant: z.enum(['yes', 'no']) }),
  facts: z.object({ name: z.string(), roles, verbs: z.array(z.string()).nullable(), expires_at: z.string() }), vouch: 'machine',
})
export const keyRevoked = defineKind({
  kind: 'key.revoked', about: 'A key to the API was taken back.',
  stream: 'systems', subjects: ['key'], marks: none, facts: none, vouch: 'machine',
})
