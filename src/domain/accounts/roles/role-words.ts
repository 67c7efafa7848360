import type { MemberRole, Permission } from '../../../access/roles.ts'

/** What comes with Avow, in words for whoever gives it. */
export const roleWords: Readonly<Record<MemberRole, readonly [label: string, hint: string]>> = {
  admin: ['Administrator', 'Everything: policies, people, keys.'],
  deputy: ['Deputy', 'Approves, as a second person, what takes two. From any department.'],
  triager: ['Triager', 'Reads and answers reports.'],
  member: ['Member', 'Own duties and the policies.'],
  auditor: ['Auditor', 'Reads, changes nothing, and only until a day.'],
}

const words: Partial<Record<Permission, string>> = {
  'reports.read': 'Read reports',
  'reports.triage': 'Answer and decide reports',
  'reports.erase': 'Erase reports',
  'own.do': 'Do their own duties',
  'training.manage': 'Give courses',
  'people.read': 'See who has accepted and passed what',
  'people.manage': 'Look after the team: who is on it, what they are asked, first days',
  'holds.read': 'See what is on legal hold',
  'holds.manage': 'Put things on legal hold, and lift it',
  'samples.draw': 'Draw samples for an audit',
  'duties.read': 'See what is due',
  'policies.read': 'Read policies that are not public',
  'policies.write': 'Write policies and the scope',
  'policies.publish': 'Put policies in force',
  'evidence.record': 'Record evidence',
  'evidence.import': 'Import evidence from before',
  'ledger.correct': 'Propose corrections, and look after the log',
  'approvals.give': 'Approve as a second person',
  'openings.read': 'Take the auditor’s file',
  'systems.manage': 'Look after systems and sources',
  'access.manage': 'Look after people and roles',
  'access.break-glass': 'Take the access for emergencies',
  'keys.manage': 'Make keys to the API',
  'sign-in.manage': 'Look after single sign-on',
  'webhooks.manage': 'Tell programs outside what happens',
  'bridges.manage': 'Connect issue trackers',
  'organization.manage': 'Look after the organisation’s settings',
}

export const permissionWords = (permission: string): string => words[permission as Permission] ?? permission
export const roleLabel = (name: string): string => roleWords[name as MemberRole]?.[0] ?? name
