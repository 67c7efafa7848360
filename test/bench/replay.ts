/**
 * How fast one core replays a ledger through sixty commitments: node bin/bootstrap.mjs test/bench/replay.ts [EVENTS].
 * The history is made in memory first: what a company of fifty people with a busy report inbox, CI and hourly checks would write.
 */
import { createEngine, type LedgerEvent } from 'avow-verify'

const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const START_MS = Date.UTC(2026, 0, 5, 9)

const severities = ['critical', 'high', 'medium', 'low']
const checks = ['tls', 'password-hashing', 'encryption-at-rest', 'contact', 'sso', 'second-factor', 'password-rules', 'logging', 'retention', 'residency']

const rules = [
  'Every `report.received` is followed by `report.acknowledged` where by is not machine or `report.closed` within 7 days.',
  'Every `report.received` is followed by `report.verified` or `report.closed` within 10 business days.',
  '`report.fixed` happens only after `report.verified`.',
  'Every `report.accepted` is followed by `reward.decided` within 30 days.',
  'Every `report.accepted` is followed by `report.disclosed` within 90 days, not counting the time between `embargo.extended` and `embargo.ended`.',
  'Every `report.resolved` is followed by `researcher.credited` within 14 days.',
  ...severities.map((severity, i) =>
    `Every \`report.accepted\` where severity is ${severity} is followed by \`report.fixed\` or \`risk.accepted\` within ${[7, 30, 60, 90][i]} days.`),
  ...severities.map((severity, i) =>
    `Every \`finding.opened\` where severity is ${severity} is followed by \`finding.closed\` within ${[3, 14, 30, 90][i]} days.`),
  ...checks.map((check) => `For each system, \`check.${check}\` always passes, checked at least every 2 days.`),
  '`backup.completed` happens at least every 2 days.',
  '`restore.drilled` happens at least every 3 months.',
  '`scan.completed` happens at least every week.',
  '`pentest.completed` happens at least every year.',
  '`risk-assessment.completed` happens every calendar year.',
  'For each system, `access.reviewed` happens at least every 3 months.',
  'For each person, `training.passed` happens at least every year.',
  'For each person, every `policy.published` is followed by `policy.accepted` within 14 days.',
  'For each person, `person.started` happens only after `nda.signed`.',
  '`change.deployed` happens only after `change.reviewed` and `change.analysed`.',
  '`vendor.authorised` happens only after `vendor.reviewed`.',
  'Every `alert.raised` is followed by `alert.handled` within 1 day.',
  'Every `alert.raised` where severity is critical is followed by `alert.handled` within 1 hour.',
  'Every `incident.declared` is followed by `incident.contained` within 1 day.',
  'After `incident.declared` until `incident.closed`, `incident.update-posted` happens at least every 4 hours.',
  'Every `privacy-request.received` is followed by `privacy-request.answered` or `privacy-request.extended` within 1 month.',
  '`legal.action-taken` never happens.',
  'Every `access.revocation-decided` is followed by `access.revoked` within 1 day.',
  'Every `outage.started` is followed by `team.alerted` within 15 minutes.',
  'Every `policy.changed-significantly` is followed by `users.notified` within 14 days.',
]
for (let n = rules.length; n < 60; n++) rules.push(`Every \`practice-${n}.opened\` is followed by \`practice-${n}.closed\` within ${n} days.`)

interface Step { afterMs: number; kind: string; marks?: Record<string, string> }
const step = (afterMs: number, kind: string, marks?: Record<string, string>): Step => ({ afterMs, kind, ...marks && { marks } })

/** What becomes of one subject, from its first entry on. */
const lives: [share: number, subject: string, life: (n: number) => Step[]][] = [
  [3, 'report', (n) => {
    const severity = severities[n % 4]!
    return [
      step(0, 'report.received', { severity }), step((n % 8) * DAY_MS, 'report.acknowledged', { by: 'human' }), step(DAY_MS, 'report.verified'),
      ...n % 3 === 0 ? [step(DAY_MS, 'report.closed')] : [
        step(DAY_MS, 'report.accepted', { severity }), step(DAY_MS, 'reward.decided'), step(10 * DAY_MS, 'report.fixed'),
        step(DAY_MS, 'report.resolved'), step(DAY_MS, 'researcher.credited'), step(DAY_MS, 'report.disclosed')],
    ]
  }],
  [10, 'change', () => [step(0, 'change.reviewed'), step(5 * MINUTE_MS, 'change.analysed'), step(MINUTE_MS, 'change.deployed')]],
  [6, 'alert', (n) => [step(0, 'alert.raised', { severity: severities[n % 4]! }), step((n % 90) * MINUTE_MS, 'alert.handled')]],
  [3, 'finding', (n) => [step(0, 'finding.opened', { severity: severities[n % 4]! }), step((n % 20) * DAY_MS, 'finding.closed')]],
  [1, 'privacy-request', (n) => [step(0, 'privacy-request.received'), step((n % 33) * DAY_MS, 'privacy-request.answered')]],
]

function history(count: number): LedgerEvent[] {
  const rows: Omit<LedgerEvent, 'index'>[] = []
  for (let n = 0; rows.length < count; n++) {
    const from = START_MS + n * 10 * MINUTE_MS
    for (const [share, subject, life] of lives) for (let i = 0; i < share; i++) live(rows, subject, `${subject}-${n}-${i}`, from + i * MINUTE_MS, life(n + i))
    const system = `system-${n % 12}`
    const result = n % 500 === 0 ? 'failed' : 'passed'
    for (const check of n % 6 === 0 ? checks : [])
      rows.push({ at: from, kind: `check.${check}`, cases: { system }, marks: { result, system, vouch: 'machine' } })
    if (n % 144 === 0) rows.push({ at: from, kind: 'backup.completed', cases: { backup: `backup-${n}` }, marks: { vouch: 'machine' } })
    if (n % 1000 === 0) rows.push({ at: from, kind: 'access.reviewed', cases: { system }, marks: {} })
  }
  return rows.sort((a, b) => a.at - b.at).slice(0, count).map((row, index) => ({ index: index + 100, ...row }))
}

function live(rows: Omit<LedgerEvent, 'index'>[], subject: string, id: string, from: number, life: readonly Step[]): void {
  let at = from
  for (const { afterMs, kind, marks = {} } of life) rows.push({ at: at += afterMs, kind, cases: { [subject]: id }, marks: { ...marks, vouch: 'both' } })
}

function preamble(): LedgerEvent[] {
  const commitments = rules.map((rule, i) => ({ mark: `m${i}`, sentence: `Sentence ${i}.`, rule, publication: 'public' }))
  const kinds = [...new Set(rules.flatMap((rule) => [...rule.matchAll(/`([^`]+)`/g)].map(([, kind]) => kind!)))]
  const people = Array.from({ length: 50 }, (_, i) => ({ kind: 'person.joined', cases: { person: `person-${i}` } }))
  const systems = Array.from({ length: 12 }, (_, i) => ({ kind: 'system.listed', cases: { system: `system-${i}` } }))
  return [
    { kind: 'source.connected', cases: {}, facts: { source: 'all', kinds, vouch: 'machine' } },
    ...people, ...systems,
    { kind: 'policy.published', cases: { policy: 'security' }, facts: { policy: 'security', version: 1, commitments } },
  ].map((row, index) => ({ index, at: START_MS, marks: {}, ...row }))
}

const count = Number(process.argv[2] ?? 1_000_000)
const BATCH = 2000

/**
 * In batches and as text, so that each batch can be read afresh, as the fold reads it from the database: 1,000,000 entries as objects
 * would be the collector's chief work.
 */
function texts(): string[] {
  const log = [...preamble(), ...history(count)]
  return Array.from({ length: Math.ceil(log.length / BATCH) }, (_, i) => JSON.stringify(log.slice(i * BATCH, (i + 1) * BATCH)))
}

const batches = texts()
for (let round = 1; round <= 3; round++) {
  const engine = createEngine()
  let microseconds = 0
  for (const batch of batches) {
    const events = JSON.parse(batch) as LedgerEvent[]
    // Processor time of this thread, so that a busy machine does not count against it.
    const started = process.threadCpuUsage()
    for (const event of events) engine.feed(event)
    const { user, system } = process.threadCpuUsage(started)
    microseconds += user + system
  }
  const standings = engine.standings()
  const decided = standings.reduce((sum, { record }) => sum + record.total, 0)
  console.log(`${engine.size} entries, ${standings.length} commitments, ${decided} instances decided: `
    + `${Math.round(engine.size / microseconds * 1e6)} entries/s, `
    + `${engine.duties().length} open, ${Math.round(JSON.stringify(engine.snapshot()).length / 1024)} KiB of state`)
}
