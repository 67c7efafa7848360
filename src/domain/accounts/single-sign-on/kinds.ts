import { z } from 'zod'
import { defineKind } from '../../../ledger/index.ts'

const none = z.object({})
const domain = z.object({ domain: z.string() })
const roles = z.array(z.string())

export const providerConfigured = defineKind({
  kind: 'sign-in-provider.configured', about: 'The identity provider, by which the team signs in, was set.',
  stream: 'systems', subjects: [], marks: none, facts: z.object({ issuer: z.string(), client_id: z.string(), trusts_second_factor: z.boolean() }),
  vouch: 'machine',
})
export const providerRemoved = defineKind({
  kind: 'sign-in-provider.removed', about: 'The identity provider was taken away: nobody signs in by it any more.',
  stream: 'systems', subjects: [], marks: none, facts: z.object({ issuer: z.string() }), vouch: 'machine',
})
export const domainClaimed = defineKind({
  kind: 'sign-in-domain.claimed', about: 'The organisation said that a mail domain is its own; the DNS has still to show it.',
  stream: 'systems', subjects: [], marks: none, facts: domain, vouch: 'company',
})
export const domainProved = defineKind({
  kind: 'sign-in-domain.proved', about: 'The DNS showed that a mail domain is the organisation’s own.',
  stream: 'systems', subjects: [], marks: none, facts: domain, vouch: 'machine',
})
export const domainLost = defineKind({
  kind: 'sign-in-domain.lost', about: 'The proof of a mail domain was missing from the DNS for too long; it counts for nothing any more.',
  stream: 'systems', subjects: [], marks: none, facts: domain, vouch: 'machine',
})
export const domainReleased = defineKind({
  kind: 'sign-in-domain.released', about: 'The organisation gave up a mail domain.',
  stream: 'systems', subjects: [], marks: none, facts: domain, vouch: 'machine',
})
export const singleSignOnRequired = defineKind({
  kind: 'single-sign-on.required', about: 'Whoever has an address of a domain enters by the identity provider alone.',
  stream: 'systems', subjects: [], marks: none, facts: domain, vouch: 'machine',
})
export const singleSignOnLoosened = defineKind({
  kind: 'single-sign-on.loosened', about: 'Whoever has an address of a domain may enter with a password again.',
  stream: 'systems', subjects: [], marks: none, facts: domain, vouch: 'machine',
})
export const exceptionNamed = defineKind({
  kind: 'sign-in-exception.named', about: 'An administrator may enter with a password although single sign-on is required.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const exceptionEnded = defineKind({
  kind: 'sign-in-exception.ended', about: 'An administrator may no longer enter beside the identity provider.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const exceptionUsed = defineKind({
  kind: 'sign-in-exception.used', about: 'An administrator entered with a password although single sign-on is required.',
  stream: 'people', subjects: ['person'], marks: none, facts: none, vouch: 'machine',
})
export const personLinked = defineKind({
  kind: 'person.linked', about: 'The identity provider vouched for somebody for the first time.',
  stream: 'people', subjects: ['person'], marks: none, facts: z.object({ issuer: z.string() }), vouch: 'third-party',
})
export const groupRolesSet = defineKind({
  kind: 'group-roles.set', about: 'What the people of a group of the identity provider may do was decided; no roles: nothing.',
  stream: 'systems', subjects: [], marks: none, facts: z.object({ group: z.string(), roles }), vouch: 'machine',
})
