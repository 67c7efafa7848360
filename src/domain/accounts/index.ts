/**
 * People: who may enter and as whom. An account is one person for the whole deployment; a membership says what they may
 * be in one organisation. No password, token or link is ever stored as it is, and signing in never tells whether an account exists.
 */
import type { Module } from '../../web/module.ts'
import { createKey, listKeys, revokeKey } from './api-keys.ts'
import { changeRoles, inviteMember, listMembers, removeMember } from './members.ts'
import { joinPages } from './pages/join.tsx'
import { keyPages } from './pages/keys.tsx'
import { memberPages } from './pages/members.tsx'
import { signInPages } from './pages/sign-in.tsx'

export const people: Module = {
  name: 'people',
  verbs: [inviteMember, changeRoles, removeMember, createKey, revokeKey],
  queries: [listMembers, listKeys],
  pages(web) {
    signInPages(web)
    joinPages(web)
    memberPages(web)
    keyPages(web)
  },
}

export { createInvitation, invitationDays, revokeOwnInvitations } from './invitation.ts'
export { personJoined, personLeft } from './kinds.ts'
export { listKeys } from './api-keys.ts'
export { listMembers } from './members.ts'
