/**
 * Accounts: who may enter and as whom. An account is one person for the whole deployment; a membership says what they may
 * be in one organisation. No password, token or link is ever stored as it is, and signing in never tells whether an account exists.
 */
import type { Job } from '../../jobs/index.ts'
import type { Module } from '../../web/module.ts'
import { createKey, listKeys, revokeKey } from './api-keys.ts'
import { changeRoles, listMembers, removeMember } from './members.ts'
import { joinPages } from './pages/join.tsx'
import { keyPages } from './pages/keys.tsx'
import { memberPages } from './pages/members.tsx'
import { signInPages } from './pages/sign-in.tsx'
import { ownAccess, sweepAccessJob } from './sessions/module.ts'
import { provisioning } from './provisioning/module.ts'
import { singleSignOn, singleSignOnJobs } from './single-sign-on/module.ts'
import { answerMailRequestJob } from './passwords/ask-for-mail.ts'
import { passwords } from './passwords/module.ts'
import { sweepLinksJob } from './passwords/sweep-links.ts'
import { inviteMember, listInvitations, withdrawInvitation } from './roles/invite-member.ts'
import { roleJobs, roles } from './roles/module.ts'
import { ownData } from './me/module.ts'
import { watchJobs } from './watch/jobs.ts'
import { watch } from './watch/module.ts'

export const members: Module = {
  name: 'members',
  verbs: [inviteMember, withdrawInvitation, changeRoles, removeMember, createKey, revokeKey],
  queries: [listMembers, listInvitations, listKeys],
  pages(web) {
    signInPages(web)
    joinPages(web)
    memberPages(web)
    keyPages(web)
  },
}

/** Every part of it, in the order in which their pages are mounted. */
export const accounts: readonly Module[] = [members, roles, ownAccess, passwords, singleSignOn, provisioning, watch, ownData]

export const accountJobs: readonly Job[] = [answerMailRequestJob, sweepLinksJob, sweepAccessJob, ...singleSignOnJobs, ...roleJobs, ...watchJobs]

export { createInvitation, invitationDays, revokeOwnInvitations } from './invitation.ts'
export { personJoined, personLeft } from './kinds.ts'
export { learnOfPerson, type SaidOfPerson } from './learn-of-person.ts'
export { endingEntries, endMembership } from './roles/end-membership.ts'
export { demandAnotherAdmin } from './roles/last-administrator.ts'
export { roleOptions } from './roles/pages/role-fields.tsx'
export { Roles } from './roles/role-names.ts'
export { roleLabel } from './roles/role-words.ts'
export { listKeys } from './api-keys.ts'
export { listMembers } from './members.ts'
export { MePage } from './me/me-page.tsx'
export { openAlertsOf, type OpenAlert } from './watch/open-alerts.ts'
export { AlertFacts, AnswerButtons } from './watch/pages/alert.tsx'
export { ownSession } from './sessions/own-session.ts'
export { deskNotices, type DeskNotice } from './roles/desk-notices.ts'
export { coverOf } from './roles/left-undone.ts'
export { permissionWords } from './roles/role-words.ts'
