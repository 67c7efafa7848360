/** In which order reports are read. A class is never a refusal: every report stands in one of them, and a person can move it. */
export const queues = ['proven', 'plausible', 'unproven', 'suspect'] as const
export type Queue = (typeof queues)[number]

/** How far a sender is known here. `trusted` is the team itself and the holder of one of its keys. */
export type Standing = 'trusted' | 'known' | 'vouched' | 'unknown' | 'doubtful'

/** What is known about a report. What is absent was not looked at. */
export interface Signals {
  readonly standing?: Standing
  /** Steps, a proof of concept or files were sent along. */
  readonly evidence?: boolean
  /** A reproducer was sent together with the result to expect. */
  readonly expectedResult?: boolean
  /** Somebody ran the reproducer in a place of the team's own. */
  readonly replay?: 'ok' | 'failed'
  /** Nothing but the output of a scanner. */
  readonly onlyScanner?: boolean
  /** Nothing that it cites of the source is there: a file, a version, a symbol. */
  readonly citesNothing?: boolean
  /** Nearly the words of another report. */
  readonly nearDuplicate?: boolean
  /** What was asked of the sender before sending: a proof of work, or a form that was open for a while. */
  readonly effort?: 'work' | 'waited' | 'none'
  readonly overQuota?: boolean
  readonly overRate?: boolean
  readonly overNetwork?: boolean
}

type Verdict = readonly [reason: string, words: string, holds: (signals: Signals) => boolean]

/** The sender is somebody, so that neither quota nor effort says anything about the report. */
const vouchedFor = ({ standing }: Signals) => standing === 'trusted' || standing === 'known' || standing === 'vouched'
const stranger = (signals: Signals) => signals.standing !== undefined && !vouchedFor(signals)

const proving: readonly Verdict[] = [
  ['replay-ok', 'The reproducer was run and did what the report says.', ({ replay }) => replay === 'ok'],
  ['expected-result', 'It comes with a reproducer and the result to expect.', ({ expectedResult, replay }) => !!expectedResult && replay !== 'failed'],
]

const suspecting: readonly Verdict[] = [
  ['doubtful-sender', 'Most of what this sender reported within a year was spam or no weakness.', ({ standing }) => standing === 'doubtful'],
  ['over-quota', 'This sender has more unjudged reports open than an unknown sender may.', (is) => stranger(is) && !!is.overQuota],
  ['over-rate', 'This sender has sent more within a day than usual.', (is) => !!is.overRate && is.standing !== 'trusted'],
  ['over-network', 'Much has come from this network within an hour.', (is) => stranger(is) && !!is.overNetwork && is.effort !== 'work'],
  ['no-effort', 'It was sent without a proof of work and faster than a person fills in a form.', (is) => stranger(is) && is.effort === 'none'],
]

const weakening: readonly Verdict[] = [
  ['replay-failed', 'The reproducer was run and did not do what the report says.', ({ replay }) => replay === 'failed'],
  ['cites-nothing', 'Nothing that it cites of the source is there.', ({ citesNothing }) => !!citesNothing],
  ['only-scanner', 'It holds nothing but the output of a scanner.', ({ onlyScanner }) => !!onlyScanner],
  ['near-duplicate', 'It is nearly the text of another report.', ({ nearDuplicate }) => !!nearDuplicate],
  ['no-evidence', 'It came without steps, a proof of concept or files.', (is) => is.evidence === false && !vouchedFor(is)],
]

const supporting: readonly Verdict[] = [
  ['evidence', 'It says how to see the weakness.', ({ evidence }) => !!evidence],
  ['known-sender', 'Reports of this sender were accepted before.', ({ standing }) => standing === 'known'],
  ['vouched-sender', 'A known reporter vouches for this sender.', ({ standing }) => standing === 'vouched'],
  ['own-team', 'The team or one of its programs sent it.', ({ standing }) => standing === 'trusted'],
]

/**
 * The class of a report and every reason for it. What was seen to work outweighs who sent it: whatever reproduces is proven. After that
 * suspicion outweighs, then a result that can be tried, then weakness; without any a report is taken at its word.
 */
export function classify(signals: Signals): { queue: Queue; reasons: string[] } {
  const [proven, suspect, weak, plausible] = [proving, suspecting, weakening, supporting].map((verdicts) =>
    verdicts.flatMap(([reason, , holds]) => (holds(signals) ? [reason] : [])))
  // A result to expect is said and not yet seen: anybody can say it, so it lifts nobody out of suspicion.
  const queue = signals.replay === 'ok' ? 'proven' : suspect!.length > 0 ? 'suspect' : proven!.length > 0 ? 'proven' : weak!.length > 0 ? 'unproven'
    : 'plausible'
  return { queue, reasons: [...proven!, ...suspect!, ...weak!, ...plausible!] }
}

/** Whether the reason speaks for the report: whoever asks why it waits is not told of those. */
export const speaksFor = (reason: string): boolean => [...proving, ...supporting].some(([one]) => one === reason)

const words = new Map([...proving, ...suspecting, ...weakening, ...supporting].map(([reason, sentence]) => [reason, sentence]))

/** A reason as a sentence; a person's own choice is its own reason. */
export const reasonInWords = (reason: string): string => words.get(reason) ?? 'Somebody of the team put it here.'
