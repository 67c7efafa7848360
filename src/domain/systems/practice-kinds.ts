import { z } from 'zod'
import { defineKind, findKind, type Kind, type Stream, type Vouch } from '../../ledger/index.ts'

/** What any tool may record about a practice: where to look, and a few words. */
export const PracticeFacts = z.object({ note: z.string().max(4000).default(''), reference: z.string().max(500).default('') })

/** Which version of a text it was, where it was read in Avow. */
const ofText = { title: z.string().optional(), version: z.number().optional(), text_sha256: z.string().optional() }

const severity = z.enum(['critical', 'high', 'medium', 'low', 'none'])
const practices = new Map<string, string>()

interface Of {
  stream: Stream
  subjects?: readonly string[]
  optional?: readonly string[]
  vouch?: Vouch
  marks?: Record<string, z.ZodType>
  /** What Avow itself adds to the facts where the work is done in it. */
  facts?: Record<string, z.ZodOptional>
}

/**
 * Kinds of entries of practices that are recorded where the work happens, through `evidence.record`; `title` is what people call the
 * practice. Without a subject of its own (`subjects`) an entry names at least one of the `optional` ones, so that it cannot discharge
 * what is not its own.
 */
function practice(title: string, of: Of, kinds: Readonly<Record<string, string>>): void {
  const { stream, subjects = [], optional = [], vouch = 'company', marks = {}, facts = {} } = of
  for (const [kind, about] of Object.entries(kinds)) {
    defineKind({ kind, about, stream, subjects, optional, vouch, marks: z.object(marks), facts: PracticeFacts.extend(facts) })
    practices.set(kind, title)
  }
}

export const findPractice = (name: string): Kind | undefined => practices.has(name) ? findKind(name) : undefined
export const practiceKinds = (): string[] => [...practices.keys()]

/** The kinds by practice, in the order of this file. */
export const practicesByTitle = (): Map<string, Kind[]> => Map.groupBy(practiceKinds().map((name) => findKind(name)!), ({ kind }) => practices.get(kind)!)

practice('Reports', { stream: 'disclosure', subjects: ['report'], vouch: 'both' }, {
  'report.disclosed': 'The weakness was made public.',
  'reward.decided': 'Whether and what to pay was decided.',
  'researcher.credited': 'The researcher was thanked in public.',
  'credit.declined': 'The researcher did not want to be named.',
})
/** By the desk's own publication. One that happened elsewhere is recorded as evidence. */
export const reportDisclosed = findKind('report.disclosed')!
practice('Weaknesses that we find', { stream: 'disclosure', optional: ['report', 'finding'] }, {
  'risk.accepted': 'Somebody who may do so decided to live with it.',
})
practice('Weaknesses that we find', { stream: 'disclosure', subjects: ['finding'], marks: { severity } }, {
  'finding.opened': 'A weakness was found by ourselves or by a tool.', 'finding.closed': 'The weakness is gone.',
})
practice('Advisories', { stream: 'disclosure', subjects: ['advisory'] }, {
  'advisory.shared-early': 'An advisory went to recognised researchers before everybody.', 'advisory.published': 'An advisory was published.',
})
practice('Safe harbour', { stream: 'disclosure', subjects: ['threat'] }, {
  'third-party.threat-reported': 'A third party threatens a researcher over a report to us.',
  'safe-harbour.letter-issued': 'We told the third party that the conduct was authorised.',
})
practice('Safe harbour', { stream: 'disclosure', optional: ['matter'] }, { 'legal-action.taken': 'The company took legal action against a researcher.' })

practice('Policies', { stream: 'policies', subjects: ['policy'] }, {
  'policy.communicated': 'The policy was made known to those whom it concerns.', 'users.notified': 'Users were told of a significant change.',
})
export const policyCommunicated = findKind('policy.communicated')!
export const usersNotified = findKind('users.notified')!
practice('Policies', {
  stream: 'people', subjects: ['person', 'policy'], vouch: 'both', marks: { policy: z.string().optional() },
  facts: { ...ofText, page: z.string().optional() },
}, { 'policy.accepted': 'A person has read the policy and accepts it.' })
/** Of a policy that was read here. One that was signed elsewhere is recorded as evidence. */
export const policyAccepted = findKind('policy.accepted')!
practice('People', {
  stream: 'people', subjects: ['person'], optional: ['course'], vouch: 'machine', marks: { course: z.string().optional() },
  facts: {
    ...ofText, right: z.number().optional(), questions: z.number().optional(), score_percent: z.number().optional(),
    reported_by: z.literal('browser').optional(),
  },
}, { 'training.passed': 'A person passed a course.' })
/** Of a course that was taken here. One that was taken elsewhere is recorded as evidence. */
export const trainingPassed = findKind('training.passed')!
practice('People', {
  stream: 'people', subjects: ['person'],
  facts: { ...ofText, agreement: z.string().optional(), signed_as: z.string().optional(), file_sha256: z.string().optional() },
}, { 'nda.signed': 'A person signed a confidentiality agreement.', 'agreement.signed': 'A person signed an agreement that is not about confidentiality.' })
/** In Avow, or on a file that two people have seen. What was signed with another tool is recorded as evidence. */
export const confidentialitySigned = findKind('nda.signed')!
export const agreementSigned = findKind('agreement.signed')!
practice('People', { stream: 'people', subjects: ['person'], facts: { decided_on: z.string().optional() } }, {
  'background-check.cleared': 'A background check came back without a reason for concern.',
  'background-check.not-cleared': 'A background check came back with a reason for concern.',
  'background-check.not-permitted': 'The law does not permit a background check of this person.',
})
export const backgroundChecked = {
  cleared: findKind('background-check.cleared')!, 'not-cleared': findKind('background-check.not-cleared')!,
  'not-permitted': findKind('background-check.not-permitted')!,
}
practice('Access', { stream: 'people', subjects: ['person'], optional: ['system'] }, {
  'access.revocation-decided': 'A person is to lose an access.', 'access.revoked': 'The access is gone.',
})
export const accessRevoked = findKind('access.revoked')!

practice('Access', { stream: 'practices', subjects: ['system'] }, { 'access.reviewed': 'Who may do what in the system was reviewed.' })
practice('Assessments', { stream: 'practices', subjects: ['assessment'], vouch: 'third-party' }, {
  'pentest.completed': 'A penetration test was completed.', 'audit.completed': 'An audit was completed.',
})
practice('Assessments', { stream: 'practices', subjects: ['assessment'], marks: { fraud_considered: z.enum(['yes', 'no']) } }, {
  'risk-assessment.completed': 'Risks were assessed.',
})
practice('Assessments', { stream: 'practices', subjects: ['crosswalk'] }, {
  'crosswalk.reviewed': 'The programme was held against the practices of the industry.',
})
practice('Vendors and third-party code', { stream: 'systems', subjects: ['vendor'] }, {
  'vendor.listed': 'The company uses this vendor: promises for each vendor are about it from here on.',
  'vendor.ended': 'The company no longer uses this vendor.',
})
practice('Vendors and third-party code', { stream: 'practices', subjects: ['vendor'] }, {
  'vendor.reviewed': 'A vendor was vetted.', 'vendor.authorised': 'A vendor may be used.',
})
practice('Vendors and third-party code', { stream: 'practices', subjects: ['dependency'] }, {
  'dependency.reviewed': 'Third-party code was vetted.', 'dependency.added': 'Third-party code is used from now on.',
})
practice('Privacy', { stream: 'practices', subjects: ['collection'] }, {
  'purpose.recorded': 'Why data is collected was written down.', 'collection.started': 'The data is collected from now on.',
})
practice('Privacy', { stream: 'practices', subjects: ['feature'] }, {
  'privacy-review.completed': 'Privacy and security of a feature were considered.', 'feature.released': 'The feature was released.',
})
practice('Changes', { stream: 'practices', subjects: ['change'], vouch: 'machine' }, {
  'change.reviewed': 'A second person reviewed the change.', 'change.analysed': 'Static analysis passed over the change.',
  'change.deployed': 'The change is live.',
})
practice('Privacy', { stream: 'people', subjects: ['request'], marks: { law: z.string() } }, {
  'privacy-request.received': 'Somebody asked about their data.', 'privacy-request.answered': 'The request was answered.',
  'privacy-request.extended': 'The person was told that it takes longer, and why.',
})

practice('Backups, scans and monitoring', { stream: 'practices', optional: ['system', 'run'], vouch: 'machine' }, {
  'scan.completed': 'A scan for vulnerabilities was completed.',
  'monitoring.heartbeat': 'The monitoring is alive.',
  'backup.completed': 'A backup was completed.',
  'restore.drilled': 'A backup was restored, to see that it can be.',
})
practice('Backups, scans and monitoring', { stream: 'incidents', subjects: ['alert'], marks: { severity }, vouch: 'machine' }, {
  'alert.raised': 'Monitoring saw something.', 'alert.handled': 'Somebody dealt with the alert.',
})
practice('Outages', { stream: 'incidents', subjects: ['outage'], vouch: 'machine' }, {
  'outage.started': 'Something failed that users notice.', 'team.alerted': 'The team was alerted.',
  'status-page.updated': 'The status page says so.', 'outage.ended': 'It works again.',
})
practice('Incidents', { stream: 'incidents', subjects: ['incident'] }, {
  'incident.declared': 'An incident was declared.', 'incident.contained': 'The incident was contained.', 'incident.mitigated': 'The incident was mitigated.',
  'incident.reviewed': 'What can be learned from the incident was written down.', 'incident.closed': 'The incident is over.',
})
practice('Incidents', { stream: 'incidents', optional: ['exercise'] }, { 'incident-plan.exercised': 'The plan for incidents was exercised.' })
practice('Incidents', { stream: 'incidents', subjects: ['breach'] }, {
  'personal-data-breach.known': 'The company knows of a breach of personal data.', 'authority.notified': 'The authority was notified.',
  'notification.not-required': 'The law asks for no notification, for a reason.',
})
