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
  'access.reviewed': 'Review access',
  'absence.attested': 'Say again that it has not happened',
}

/** `['report.verified', 'report.closed']` → `Verify the report, or close it`; what has no words of its own keeps its name. */
export const dutyWords = (kinds: readonly string[]): string => {
  const [first = '', ...others] = kinds
  return [deeds[first] ?? plain(first), ...others.map((kind) => `or ${lower(deeds[kind] ?? plain(kind))}`)].join(', ')
}

const plain = (kind: string): string => {
  const words = kind.replaceAll(/[.-]/g, ' ')
  return words.startsWith('check ') ? `Check: ${words.slice(6)}` : `Record: ${words}`
}
const lower = (text: string) => text[0]!.toLowerCase() + text.slice(1)
