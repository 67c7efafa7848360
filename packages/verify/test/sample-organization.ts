import { hash } from 'node:crypto'
import { createEngine, type NoteSigner } from '../src/index.ts'
import { SampleLog } from './sample-log.ts'
import { signer } from './signers.ts'

export const policyText = `# Reports

We acknowledge every report within one week.[^ack]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.
`
export const witness: NoteSigner = signer('witness.example/w', 0x04)

const machine = { vouch: 'machine' }
const commitments = [
  { mark: 'ack', sentence: 'We acknowledge every report within one week.',
    rule: 'Every `report.received` is followed by `report.acknowledged` within 7 days.', publication: 'public' },
  { mark: 'tls', sentence: 'Everything in transit is encrypted.', rule: '`check.tls` always passes, checked at least every week.', publication: 'public' },
  { mark: 'training', sentence: 'Everybody is trained every year.', rule: 'For each person, `training.passed` happens at least every year.',
    publication: 'public' },
  { mark: 'inner', sentence: 'We keep a list of suppliers.', rule: '`vendor.reviewed` happens at least every year.', publication: 'private' },
]

/** Two weeks of a small organisation: one policy, a report answered in time and one that waits, checks, and a person whose training is sealed. */
export async function sampleOrganization(now = '2026-01-20T12:00:00Z'): Promise<SampleLog> {
  const log = new SampleLog('log.example/acme')
  log.configure('2026-01-01T09:00:00Z', 'policies', 'at-once')
  log.configure('2026-01-01T09:00:00Z', 'systems', 'at-once')
  log.configure('2026-01-01T09:00:00Z', 'disclosure', 'delayed', 10)
  log.configure('2026-01-01T09:00:00Z', 'people', 'sealed')
  const fed = { source: 'avow', kinds: ['check.tls', 'report.received', 'report.acknowledged'], vouch: 'machine' }
  log.add({ at: '2026-01-01T09:00:01Z', stream: 'systems', kind: 'source.connected', marks: machine, facts: fed, open: true })
  const published = { policy: 'reports', title: 'Reports', version: 1, text_sha256: hash('sha256', policyText), in_force_at: '2026-01-01T09:00:02.000Z',
    significant: true, commitments }
  log.add({ at: '2026-01-01T09:00:02Z', stream: 'policies', kind: 'policy.published', cases: { policy: 'p1' }, marks: { policy: 'reports', version: '1' },
    facts: published, open: true })
  await log.publish('2026-01-01T10:00:00Z', [witness])
  log.add({ at: '2026-01-02T08:00:00Z', stream: 'systems', kind: 'check.tls', cases: { system: 's1' }, marks: { ...machine, result: 'passed',
    system: 'avow' } })
  log.add({ at: '2026-01-05T09:00:00Z', stream: 'disclosure', kind: 'report.received', cases: { report: 'r1' }, marks: { vouch: 'both' },
    facts: { title: 'Open redirect' } })
  log.add({ at: '2026-01-06T09:00:00Z', stream: 'people', kind: 'training.passed', cases: { person: 'q1' }, marks: { vouch: 'company' } })
  log.add({ at: '2026-01-07T09:00:00Z', stream: 'disclosure', kind: 'report.acknowledged', cases: { report: 'r1' }, marks: { vouch: 'both', by: 'human' } })
  log.add({ at: '2026-01-08T08:00:00Z', stream: 'systems', kind: 'check.tls', cases: { system: 's1' }, marks: { ...machine, result: 'passed',
    system: 'avow' } })
  await log.publish('2026-01-08T10:00:00Z', [witness])
  log.add({ at: '2026-01-14T08:00:00Z', stream: 'systems', kind: 'check.tls', cases: { system: 's1' }, marks: { ...machine, result: 'passed',
    system: 'avow' } })
  log.add({ at: '2026-01-19T09:00:00Z', stream: 'disclosure', kind: 'report.received', cases: { report: 'r2' }, marks: { vouch: 'both' },
    facts: { title: 'Stored script' } })
  await log.publish(now)
  log.putText(`log/texts/${hash('sha256', policyText)}`, policyText)
  serveStandings(log, Date.parse(now))
  return log
}

/** What an honest server says: computed from all entries, the closed ones too. */
export function serveStandings(log: SampleLog, asOf: number): void {
  const engine = createEngine()
  for (const { index, kind, cases, marks, facts } of log.openings) engine.feed({ index, at: log.leaves[index]!.at, kind, cases, marks,
    ...(facts && { facts }) })
  engine.advance(asOf)
  const rows = engine.standings().filter(({ publication }) => publication === 'public')
  log.putText('standings.json', JSON.stringify({ size: log.size, as_of: asOf, commitments: rows }))
}
