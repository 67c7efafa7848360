/** Where a report stands. A report only ever moves to the right, or to `closed`. */
export const states = ['received', 'acknowledged', 'verified', 'accepted', 'fixed', 'resolved', 'closed'] as const
export type ReportState = (typeof states)[number]

/** Why a report was closed without a fix; in the words of ISO/IEC 30111. */
export const closingReasons = ['not reproducible', 'not applicable', 'duplicate', 'out of scope', 'informative', 'spam'] as const
export type ClosingReason = (typeof closingReasons)[number]

/** Qualitative severity, as CVSS 3.1 and 4.0 name it. */
export const severities = ['none', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** Who speaks in a message: the reporter, the team to the reporter, or the team to itself. A note never leaves the team. */
export type Voice = 'reporter' | 'team' | 'note'

const next: Record<string, readonly ReportState[]> = {
  acknowledge: ['received'],
  verify: ['received', 'acknowledged'],
  accept: ['verified'],
  fix: ['accepted'],
  resolve: ['fixed'],
  close: ['received', 'acknowledged', 'verified', 'accepted'],
}

export type Step = keyof typeof next & string

/** Whether a report in `state` may take `step`. */
export const may = (step: Step, state: ReportState): boolean => next[step]?.includes(state) ?? false

/** Open means that somebody still owes this report something. */
export const isOpen = (state: ReportState): boolean => state !== 'resolved' && state !== 'closed'

/** What the reporter is told, in words that make sense without knowing the process. */
export const stateInWords: Record<ReportState, string> = {
  received: 'Received. Nobody has read it yet.',
  acknowledged: 'A person has read it.',
  verified: 'Confirmed: the weakness could be reproduced.',
  accepted: 'Accepted: it will be fixed.',
  fixed: 'The fix is live.',
  resolved: 'Resolved.',
  closed: 'Closed.',
}

/** What an asset in the scope can be. */
export const assetKinds = ['website', 'api', 'app', 'source code', 'device', 'other'] as const
export type AssetKind = (typeof assetKinds)[number]

/** The way by which a report came: the form, the JSON API, e-mail, or somebody of the team who entered one that came another way. */
export const channels = ['web', 'api', 'mail', 'team'] as const
export type Channel = (typeof channels)[number]
