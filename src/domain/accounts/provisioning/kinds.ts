import { z } from 'zod'
import { defineKind } from '../../../ledger/index.ts'

const none = z.object({})

export const directoryKeyCreated = defineKind({
  kind: 'directory-key.created', about: 'A key was made by which the identity provider’s directory says who is on the team.',
  stream: 'systems', subjects: ['key'], marks: none, facts: z.object({ name: z.string(), expires_at: z.string() }), vouch: 'machine',
})
export const directoryKeyRevoked = defineKind({
  kind: 'directory-key.revoked', about: 'A key of the directory was taken back.',
  stream: 'systems', subjects: ['key'], marks: none, facts: none, vouch: 'machine',
})
