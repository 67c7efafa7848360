import { findKind } from '../ledger/index.ts'

/** What somebody has to do, for the entry kinds that the desk has a button for. */
const deeds: Readonly<Record<string, string>> = {
  'report.acknowledged': 'Acknowledge the report',
  'report.verified': 'Verify the report',
  'report.accepted': 'Accept or close the report',
  'report.fixed': 'Fix it',
  'report.resolved': 'Tell the reporter that it is done',
  'report.closed': 'close it',
  'policy.accepted': 'Accept the policy',
  'policy.communicated': 'Tell people about the policy',
  'training.passed': 'Pass the course on security',
  'nda.signed': 'Have the confidentiality agreement signed',
  'background-check.cleared': 'Have the background check done',
  'background-check.not-permitted': 'record that the law does not permit one',
  'access.reviewed': 'Review access',
  'absence.attested': 'Say again that it has not happened',
}

/** `['report.verified', 'report.closed']` → `Verify the report, or close it`; what has no words of its own is told by what its kind means. */
export const dutyWords = (kinds: readonly string[]): string => {
  const [first = '', ...others] = kinds
  return [deeds[first] ?? plain(first), ...others.map((kind) => `or ${lower(deeds[kind] ?? plain(kind))}`)].join(', ')
}

/** “Record that a penetration test was completed”, from what the kind says of itself. */
const plain = (kind: string): string => {
  const about = findKind(kind)?.about?.match(/^[^]*?[^.]\.(?= |$)/)?.[0].slice(0, -1)
  if (about) return `${kind.startsWith('check.') ? 'Check' : 'Record'} that ${lower(about)}`
  return `Record: ${kind.replaceAll(/[.-]/g, ' ')}`
}

/** The first letter, unless it begins an abbreviation. */
const lower = (text: string) => /^\p{Lu}{2}/u.test(text) ? text : text[0]!.toLowerCase() + text.slice(1)
