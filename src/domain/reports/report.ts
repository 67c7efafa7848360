/** Where a report stands, after ISO/IEC 30111. `closed` carries a reason; `verified` and `fixed` are the ends of `verifying` and `fixing`. */
export const states =
  ['received', 'acknowledged', 'verifying', 'verified', 'accepted', 'fixing', 'fixed', 'resolved', 'closed', 'disclosed'] as const
export type ReportState = (typeof states)[number]

/** Nothing more is owed to a report in one of these, unless it is reopened. */
export const endStates = ['resolved', 'closed', 'disclosed'] as const satisfies readonly ReportState[]

/** Why a report was closed without a fix; in the words of ISO/IEC 30111. */
export const closingReasons = ['not reproducible', 'not applicable', 'duplicate', 'out of scope', 'informative', 'spam'] as const
export type ClosingReason = (typeof closingReasons)[number]

/** Why a report was opened again. */
export const reopeningReasons = ['appeal', 'reproduced', 'not fixed', 'mistake'] as const
export type ReopeningReason = (typeof reopeningReasons)[number]

/** Qualitative severity, as CVSS 3.1 and 4.0 name it. */
export const severities = ['none', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** All of a report that decides which steps it may take. */
export interface Standing {
  readonly state: ReportState
  /** A person told the reporter that it was read. */
  readonly acknowledged: boolean
  /** It was closed without a fix. */
  readonly refused: boolean
  /** It is public, whether or not it is done. */
  readonly disclosed: boolean
}

export const arrived: Standing = { state: 'received', acknowledged: false, refused: false, disclosed: false }

/** Open means that somebody still owes this report something. */
export const isOpen = (state: ReportState): boolean => !(endStates as readonly ReportState[]).includes(state)

const from = (...allowed: ReportState[]) => ({ state }: Standing) => allowed.includes(state)
const done = (state: 'resolved' | 'closed') => ({ disclosed }: Standing): ReportState => (disclosed ? 'disclosed' : state)

const rules = {
  // Owed until it is done, however far the report has come meanwhile.
  acknowledge: { may: ({ state, acknowledged }) => isOpen(state) && !acknowledged, to: ({ state }) => (state === 'received' ? 'acknowledged' : state) },
  'start-verification': { may: from('received', 'acknowledged'), to: () => 'verifying' },
  verify: { may: from('received', 'acknowledged', 'verifying'), to: () => 'verified' },
  accept: { may: from('verified'), to: () => 'accepted' },
  'start-fix': { may: from('accepted'), to: () => 'fixing' },
  fix: { may: from('accepted', 'fixing'), to: () => 'fixed' },
  'fail-retest': { may: from('fixed'), to: () => 'fixing' },
  resolve: { may: from('fixed'), to: done('resolved') },
  close: { may: from('received', 'acknowledged', 'verifying', 'verified', 'accepted', 'fixing'), to: done('closed') },
  reopen: { may: ({ state }) => !isOpen(state), to: ({ refused }) => (refused ? 'verifying' : 'fixing') },
  // A weakness may become public before it is done: that is no step of ours, and ends nothing.
  disclose: { may: ({ disclosed }) => !disclosed, to: ({ state }) => (isOpen(state) ? state : 'disclosed') },
} as const satisfies Record<string, { may(standing: Standing): boolean; to(standing: Standing): ReportState }>

export type Step = keyof typeof rules
export const steps = Object.keys(rules) as Step[]

/** Whether a report that stands so may take the step. */
export const may = (step: Step, standing: Standing): boolean => rules[step].may(standing)

/** How it stands after the step. */
export function after(step: Step, standing: Standing): Standing {
  return {
    state: rules[step].to(standing),
    acknowledged: standing.acknowledged || step === 'acknowledge',
    refused: step === 'close' || (standing.refused && step !== 'reopen'),
    disclosed: standing.disclosed || step === 'disclose',
  }
}

/** What the reporter is told, in words that make sense without knowing the process. */
export const stateInWords: Record<ReportState, string> = {
  received: 'Received. Nobody has acknowledged it yet.',
  acknowledged: 'A person has read it.',
  verifying: 'Somebody is trying to reproduce it.',
  verified: 'Confirmed: the weakness could be reproduced.',
  accepted: 'Accepted: it will be fixed.',
  fixing: 'The fix is being made.',
  fixed: 'The fix is live.',
  resolved: 'Resolved.',
  closed: 'Closed.',
  disclosed: 'Done, and public.',
}

/**
 * Who speaks in a message: the reporter, the team to the reporter, the team to itself, a guest of the case to the team, the team to that guest,
 * or a mediator to both sides. A note never leaves the team; what is said with a guest is for that guest and the team alone.
 */
export const voices = ['reporter', 'team', 'note', 'guest', 'to guest', 'mediator'] as const
export type Voice = (typeof voices)[number]

/** What an asset in the scope can be. */
export const assetKinds = ['website', 'api', 'app', 'source code', 'device', 'other'] as const
export type AssetKind = (typeof assetKinds)[number]

/** The way by which a report came: the form, the JSON API, e-mail, or somebody of the team who entered one that came another way. */
export const channels = ['web', 'api', 'mail', 'team'] as const
export type Channel = (typeof channels)[number]
