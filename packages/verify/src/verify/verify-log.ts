/** The outside verifier: reads a whole log from its server, believes nothing, and recomputes what the server claims. */
import type { LedgerEvent } from '../commitments/event.ts'
import { base64, fromUtf8 } from '../ledger/bytes.ts'
import type { Opening } from '../ledger/openings.ts'
import { Streams } from '../ledger/streams.ts'
import { printVkey } from '../ledger/vkey.ts'
import { boundDates, checkDates, checkHistory, readCosigned, type DateBounds, type Seen } from './dates.ts'
import { checkDisclosure, eventsOf, readOpenings, type StreamSummary } from './disclosure.ts'
import { Findings, type Finding } from './findings.ts'
import { copyLog, type LogCopy, type Progress } from './log-copy.ts'
import { httpSource, type Fetch, type Source } from './source.ts'
import { ClosedStreams, compareStandings, readClaims, replayUntil, type Claims, type CommitmentCheck } from './standings.ts'
import { checkTexts } from './texts.ts'
import { chooseTrust, followKeys, openCheckpoint, type KeyChange, type Memory, type Trust, type TrustedCheckpoint, type TrustOptions } from './trust.ts'

export interface VerifyOptions extends TrustOptions {
  /** The organisation's address: `https://security.example.com`. */
  readonly url: string
  readonly fetch: Fetch
  /** Openings that are not public, from the organisation to an auditor. */
  readonly openings?: readonly Opening[]
  /** Milliseconds since 1970 UTC. */
  readonly now: number
  readonly progress?: Progress
}

export interface Verification {
  /** No fault was found. Notes say what could not be known. */
  readonly ok: boolean
  readonly faults: readonly Finding[]
  readonly notes: readonly Finding[]
  readonly log?: { origin: string; size: number; root: string; key: string; trust: Trust['from'] }
  readonly dates?: readonly DateBounds[]
  readonly streams?: readonly StreamSummary[]
  /** Policy texts that match their hash. */
  readonly texts?: number
  readonly standings?: { size: number; asOf: number; commitments: readonly CommitmentCheck[] }
  /** To be handed to the next check of this log, which then notices a fork. Absent when there was a fault. */
  readonly memory?: Memory
}

/** A server that shows standings older than this hides something. */
const staleMs = 24 * 60 * 60_000

/** Resolves whatever the server does; what it cannot read is a fault. */
export async function verifyLog(options: VerifyOptions): Promise<Verification> {
  const findings = new Findings()
  const source = httpSource(options.url, options.fetch)
  // Before the checkpoint, so that this covers them.
  const claims = await findings.check('standings_unreadable', () => readClaims(source))
  const opened = await findings.check('checkpoint_untrusted', () => openLog(source, options, findings))
  const checked = opened && (await checkLog(source, opened, options, findings))
  const standings = checked && claims && (await findings.check('standings_unreadable', () => checkStandings(claims, checked, options, findings)))
  if (checked && !claims) findings.note('no_standings', 'the server gives no standings to compare with')
  return {
    ok: findings.faults.length === 0,
    ...findings,
    ...(opened && { log: summary(opened) }),
    ...(checked && { dates: checked.dates, streams: checked.summaries, texts: checked.texts }),
    ...(standings && { standings: { ...claims, commitments: standings } }),
    ...(opened && findings.faults.length === 0 && { memory: { key: printVkey(opened.checkpoint.signedBy), checkpoint: opened.checkpoint.text } }),
  }
}

interface Opened {
  readonly trust: Trust
  readonly changes: readonly KeyChange[]
  readonly checkpoint: TrustedCheckpoint
  /** Earlier states of this log that witnesses, or we ourselves, have seen. */
  readonly seen: readonly Seen[]
}

async function openLog(source: Source, options: VerifyOptions, findings: Findings): Promise<Opened> {
  const { trust, changes } = await followKeys(source, await chooseTrust(source, options, findings))
  const note = await source.get('log/checkpoint')
  if (!note) throw new Error('the log serves no checkpoint')
  const checkpoint = await openCheckpoint(fromUtf8(note), trust)
  const cosigned = (await findings.check('cosigned_unreadable', () => readCosigned(source, checkpoint.origin, trust))) ?? []
  const current = checkpoint.cosignatures.length > 0 ? [checkpoint] : []
  if (trust.witnesses.length === 0) findings.note('no_witness', 'no witness was named that you trust: every date is the operator’s word')
  const remembered = options.remembered ? [await openCheckpoint(options.remembered.checkpoint, { keys: trust.keys, witnesses: [] })] : []
  return { trust, changes, checkpoint, seen: [...remembered, ...cosigned, ...current] }
}

interface Checked {
  readonly copy: LogCopy
  readonly openings: ReadonlyMap<number, Opening>
  readonly dates: readonly DateBounds[]
  readonly streams: Streams
  readonly summaries: readonly StreamSummary[]
  readonly texts: number
}

async function checkLog(source: Source, opened: Opened, options: VerifyOptions, findings: Findings): Promise<Checked | undefined> {
  const { checkpoint, seen, changes } = opened
  const { now, progress = () => {} } = options
  const copy = await findings.check('log_unreadable', () => copyLog(source, checkpoint, seen.map(({ size }) => size), findings, progress))
  if (!copy) return undefined
  checkHistory(seen, checkpoint.size, copy, findings)
  const dates = boundDates(seen.filter(({ size }) => size <= checkpoint.size), checkpoint.size)
  checkDates(copy, dates, now, findings)
  const read = await findings.check('openings_unreadable', () => readOpenings(source, copy, options.openings ?? [], findings, progress))
  const openings = read ?? new Map<number, Opening>()
  const streams = new Streams()
  const summaries = checkDisclosure(copy, openings, streams, now, findings)
  checkKeyChanges(changes, openings, findings)
  noteLostLogs(openings, findings)
  const texts = await findings.check('text_missing', () => checkTexts(source, eventsOf(copy, openings), findings))
  return { copy, openings, dates, streams, summaries, texts: texts ?? 0 }
}

/** Fault `key_change_unproven`. */
function checkKeyChanges(changes: readonly KeyChange[], openings: ReadonlyMap<number, Opening>, findings: Findings): void {
  for (const { index, vkey } of changes) {
    const { kind, facts = {} } = openings.get(index) ?? {}
    const announces = kind === 'log.key-changed' && Object.values(facts).includes(vkey)
    if (!announces) findings.fault('key_change_unproven', `entry ${index} does not announce the key ${vkey}`)
  }
}

/** After a restore that lost the end of the log, a new one says so in an entry. */
function noteLostLogs(openings: ReadonlyMap<number, Opening>, findings: Findings): void {
  for (const { index, facts } of [...openings.values()].filter(({ kind }) => kind === 'log.reopened')) {
    const [origin] = String(facts?.lost ?? 'another log').split('\n', 1)
    findings.note('log_reopened', `this log goes on after the end of ${origin} was lost (entry ${index}): compare with what others kept of it`)
  }
}

async function checkStandings(claims: Claims, checked: Checked, options: VerifyOptions, findings: Findings): Promise<CommitmentCheck[]> {
  const { copy: { leaves }, openings, streams, summaries } = checked
  const { now, progress = () => {} } = options
  if (claims.size > leaves.length) findings.fault('standings_ahead', `the standings are of ${claims.size} entries, and the signed log has ${leaves.length}`)
  if (claims.asOf < now - staleMs) findings.fault('standings_stale', `the standings are of ${new Date(claims.asOf).toISOString()}`)
  const events = eventsOf(checked.copy, openings)
  const engine = await replayUntil(events, claims.size, claims.asOf, progress)
  const closed = new ClosedStreams(events, (index) => leaves[index]!.stream, streams, summaries)
  const checks = compareStandings(claims, engine.standings(), closed, findings)
  return checks.some(({ verdict }) => verdict === 'attested') ? withLastOpen(checks, checked, events, progress) : checks
}

/** What cannot be recomputed yet could be once: up to the first entry that waits for its opening. */
async function withLastOpen(
  checks: readonly CommitmentCheck[], checked: Checked, events: readonly LedgerEvent[], progress: Progress,
): Promise<CommitmentCheck[]> {
  const { copy: { leaves }, openings, summaries } = checked
  const waits = new Set(summaries.filter(({ sealed }) => sealed === 0).map(({ stream }) => stream))
  const first = leaves.findIndex(({ stream }, index) => waits.has(stream) && !(openings.has(index) && !('held' in openings.get(index)!)))
  if (first < 0) return [...checks]
  const at = leaves[first]!.at - 1
  const then = (await replayUntil(events, first, at, progress)).standings()
  return checks.map((check) => {
    const standing = then.find(({ policy, mark }) => policy === check.policy && mark === check.mark)?.standing
    return check.verdict === 'attested' && standing ? { ...check, lastOpen: { at, standing } } : check
  })
}

function summary({ checkpoint, trust }: Opened): NonNullable<Verification['log']> {
  const { origin, size, root, signedBy } = checkpoint
  return { origin, size, root: base64(root), key: printVkey(signedBy), trust: trust.from }
}
