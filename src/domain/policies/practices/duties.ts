import { near, type Practice } from './practice.ts'

/** Incidents, and what is owed to people about their data and about the policy itself. */
export const dutyPractices: readonly Practice[] = [
  {
    mark: 'incidents',
    cues: [
      near(/incidents?/, 80, /response|plan|contain\w*|investigat\w*|mitigat\w*|handled|managed|reviewed|post-?mortems?/),
      /\bincident[- ]response\b/i,
      /\bpost-?mortems?\b/i,
    ],
    rules: [
      '`incident-plan.exercised` happens at least every year.',
      'Every `incident.declared` is followed by `incident.contained` within {within}.',
      'Every `incident.contained` is followed by `incident.reviewed` within 30 days.',
    ],
    assumes: '1 day',
  },
  {
    mark: 'breach-notice',
    cues: [
      near(/notif\w+|inform|tell|alert/, 80, /breach\w*|incidents?|compromis\w+/),
      near(/breach\w*|incidents?|compromis\w+/, 120, /notif\w+|inform\w*|tell|told/),
    ],
    unless: [/\byou (?:must|should|notify)\b|\bnotify us\b/i],
    rules: ['Every `personal-data-breach.known` is followed by `authority.notified` or `notification.not-required` within {within}.'],
    assumes: '72 hours',
  },
  {
    mark: 'data-minimisation',
    cues: [/\bcollect\w*\b.{0,40}\b(?:only|necessary|minim\w+|need\w*|purposes?)\b|\bonly\b.{0,20}\bcollect|\bdata minimi[sz]ation\b/i],
    rules: ['`collection.started` happens only after `purpose.recorded`.'],
  },
  {
    mark: 'retention',
    cues: [
      near(
        /(?:stor|keep|kept|retain|delet|eras)\w*/, 60,
        /only (?:for )?as long|no l(?:ong|at)er than|as long as|as soon as|after (?:\d+|\w+) (?:days?|months?|years?)|once (?:it|they)/,
      ),
      /\b(?:data|information)\b.{0,40}\b(?:deleted|erased)\b.{0,20}\b(?:within|after)\b/i,
    ],
    rules: ['`check.retention` always passes, checked at least every week.'],
  },
  {
    mark: 'privacy-requests',
    cues: [
      /\b(?:GDPR|CCPA|CPRA|LGPD)\b/,
      /\b(?:data[- ]protection|privacy) (?:laws?|regulations?)\b/i,
      /\b(?:data subject|deletion|privacy|erasure) requests?\b/i,
      /\brequests? (?:about|for|to (?:delete|see|export)) (?:your|their) (?:personal )?data\b/i,
    ],
    rules: ['Every `privacy-request.received` is followed by `privacy-request.answered` or `privacy-request.extended` within {within}.'],
    assumes: '1 month',
  },
  {
    mark: 'policy-changes',
    cues: [
      near(/notif\w+|inform|tell|announce|e-?mail/, 60, /changes?|updates?|revisions?|amend\w*/),
      /\b(?:changes?|updates?|revisions?)\b.{0,40}\b(?:this|the|our) (?:policy|page|document)\b.{0,60}\b(?:notif\w+|announc\w+|inform\w*|e-?mail\w*|told)\b/i,
    ],
    unless: [/\bincidents?\b|\bbreach/i],
    rules: ['Every `policy.changed-significantly` is followed by `users.notified` within {within}.'],
    assumes: '14 days',
  },
]
