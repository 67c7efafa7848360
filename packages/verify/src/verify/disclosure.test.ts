import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { serveStandings } from '../../test/sample-organization.ts'
import { SampleLog } from '../../test/sample-log.ts'
import { printVkey } from '../ledger/vkey.ts'
import { verifyLog, type Verification } from './verify-log.ts'

const begun = '2026-01-01T09:00:00Z'
const now = '2026-01-20T12:00:00Z'
const commitments = [
  { mark: 'ack', sentence: 'We acknowledge.', rule: 'Every `report.received` is followed by `report.acknowledged` within 7 days.', publication: 'public' },
  { mark: 'review', sentence: 'We review access.', rule: '`access.reviewed` happens at least every year.', publication: 'public' },
  { mark: 'hire', sentence: 'We grow.', rule: '`person.joined` happens at least every month.', publication: 'public' },
]

/** Declares where each kind is filed, publishes three commitments, and has a report that waits and a person who joined. */
function organization(): SampleLog {
  const log = new SampleLog()
  log.configure(begun, 'policies', 'at-once', 0, ['policy.published'])
  log.configure(begun, 'practices', 'at-once', 0, ['access.reviewed'])
  log.configure(begun, 'disclosure', 'delayed', 10, ['report.acknowledged', 'report.received'])
  log.configure(begun, 'people', 'sealed', 0, ['person.joined'])
  const facts = { policy: 'p', version: 1, commitments }
  log.add({ at: begun, stream: 'policies', kind: 'policy.published', cases: { policy: 'p1' }, facts, open: true })
  log.add({ at: '2026-01-02T09:00:00Z', stream: 'people', kind: 'person.joined', cases: { person: 'q1' } })
  log.add({ at: '2026-01-19T09:00:00Z', stream: 'disclosure', kind: 'report.received', cases: { report: 'r1' } })
  return log
}

async function verify(log: SampleLog, at = now): Promise<Verification> {
  await log.publish(at)
  serveStandings(log, Date.parse(at))
  return verifyLog({ url: 'https://log.example', fetch: log.fetch, now: Date.parse(at), keys: [printVkey(log.signer.key)] })
}

const verdicts = ({ standings }: Verification) => standings!.commitments.map(({ mark, verdict }) => `${mark} ${verdict}`)
const faults = async (log: SampleLog) => (await verify(log)).faults.filter(({ code }) => code !== 'text_missing').map(({ code }) => code)

describe('where an entry is filed', () => {
  it('is what the log says: a kind without entries rests on its own stream alone', async () => {
    const result = await verify(organization())
    assert.deepEqual(verdicts(result), ['ack attested', 'review confirmed', 'hire sealed'])
    assert.equal(result.standings!.commitments[0]!.provableFrom, Date.parse('2026-01-29T09:00:00Z'))
    assert.deepEqual(verdicts(await verify(organization(), '2026-01-29T09:00:00Z')), ['ack confirmed', 'review confirmed', 'hire sealed'])
  })

  it('is a fault where the log says otherwise', async () => {
    const log = organization()
    log.add({ at: '2026-01-19T10:00:00Z', stream: 'policies', kind: 'access.reviewed' })
    assert.deepEqual(await faults(log), ['filed_elsewhere'])
  })

  it('may change, with an hour for what is under way; what came before rests where it was', async () => {
    const log = organization()
    log.configure('2026-01-19T10:00:00Z', 'people', 'sealed', 0, ['access.reviewed', 'person.joined'])
    log.configure('2026-01-19T10:00:00Z', 'practices', 'at-once', 0, [])
    log.add({ at: '2026-01-19T10:30:00Z', stream: 'practices', kind: 'access.reviewed' })
    assert.deepEqual(await faults(log), [])
    assert.ok(verdicts(await verify(log)).includes('review sealed'))
    log.add({ at: '2026-01-19T11:30:00Z', stream: 'practices', kind: 'access.reviewed' })
    assert.deepEqual(await faults(log), ['filed_elsewhere'])
  })
})
