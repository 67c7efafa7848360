import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, it } from 'node:test'
import { policyText, sampleOrganization, serveStandings, witness } from '../../test/sample-organization.ts'
import { SampleLog } from '../../test/sample-log.ts'
import { signer } from '../../test/signers.ts'
import { fromUtf8 } from '../ledger/bytes.ts'
import { formatOpenings, parseOpenings, type Opening } from '../ledger/openings.ts'
import { printVkey } from '../ledger/vkey.ts'
import type { DateBounds } from './dates.ts'
import { verifyLog, type Verification, type VerifyOptions } from './verify-log.ts'
import { logInWords } from './words.ts'

const now = Date.parse('2026-01-20T12:30:00Z')
const pinned = { keys: [printVkey(signer('log.example/acme').key)], witnesses: [printVkey(witness.key)] }

function verify(log: SampleLog, options: Partial<VerifyOptions> = {}): Promise<Verification> {
  return verifyLog({ url: 'https://log.example', fetch: log.fetch, now, ...pinned, ...options })
}

async function faultsAfter(change: (log: SampleLog) => unknown, options?: Partial<VerifyOptions>): Promise<string[]> {
  const log = await sampleOrganization()
  await change(log)
  return (await verify(log, options)).faults.map(({ code }) => code)
}

function edit(log: SampleLog, path: string, change: (text: string) => string): void {
  const before = fromUtf8(log.files.get(path)!)
  assert.notEqual(change(before), before)
  log.putText(path, change(before))
}

function editOpenings(log: SampleLog, change: (openings: Opening[]) => Opening[]): void {
  edit(log, 'log/openings/000', (text) => formatOpenings(change(parseOpenings(text))))
}

const textPaths = (log: SampleLog): string[] => [...log.files.keys()].filter((path) => path.startsWith('log/texts/'))

describe('the outside verifier', () => {
  it('confirms an honest log, and says what it cannot know', async () => {
    const result = await verify(await sampleOrganization())
    assert.deepEqual(result.faults, [])
    assert.deepEqual(result.log && [result.log.origin, result.log.size, result.log.trust], ['log.example/acme', 13, 'pinned'])
    assert.equal(result.texts, 1)
    const verdicts = result.standings!.commitments.map(({ mark, said, verdict }) => `${mark} ${said} ${verdict}`)
    assert.deepEqual(verdicts, ['ack due attested', 'tls kept confirmed', 'training idle sealed'])
    assert.equal(result.standings!.commitments[0]!.provableFrom, Date.parse('2026-01-29T09:00:00Z'))
    assert.deepEqual(result.streams!.map(({ stream, opened, entries }) => `${stream} ${opened}/${entries}`), ['disclosure 2/3', 'ledger 4/4', 'people 0/1',
      'policies 1/1', 'systems 4/4'])
  })

  it('confirms what was attested once its time has come', async () => {
    const log = await sampleOrganization('2026-01-30T12:00:00Z')
    const result = await verify(log, { now: Date.parse('2026-01-30T12:30:00Z') })
    assert.deepEqual(result.faults, [])
    assert.equal(result.standings!.commitments[0]!.verdict, 'confirmed')
  })

  it('confirms sealed streams for an auditor who has their openings', async () => {
    const log = await sampleOrganization()
    const result = await verify(log, { openings: log.openings })
    assert.deepEqual(result.faults, [])
    assert.deepEqual(result.standings!.commitments.map(({ mark, verdict }) => `${mark} ${verdict}`), ['ack confirmed', 'tls confirmed', 'training confirmed'])
  })

  it('bounds every date by what the witnesses saw', async () => {
    const { dates } = await verify(await sampleOrganization())
    const at = (time: string) => ({ witness: 'witness.example/w', at: Date.parse(time) })
    assert.deepEqual(dates, [
      { from: 0, to: 6, notAfter: at('2026-01-01T10:00:00Z') },
      { from: 6, to: 11, notBefore: at('2026-01-01T10:00:00Z'), notAfter: at('2026-01-08T10:00:00Z') },
      { from: 11, to: 13, notBefore: at('2026-01-08T10:00:00Z') },
    ])
    const alone = await verify(await sampleOrganization(), { witnesses: [] })
    assert.deepEqual(alone.dates, [{ from: 0, to: 13 }])
    assert.ok(alone.notes.some(({ code }) => code === 'no_witness'))
  })

  it('says so when it had to take the server’s key', async () => {
    const result = await verify(await sampleOrganization(), { keys: [] })
    assert.equal(result.log!.trust, 'first use')
    assert.ok(result.notes.some(({ code }) => code === 'key_on_first_use'))
    assert.match(logInWords(result), /from the server itself, on first use/)
  })

  it('follows the log to a key that the one before it has announced, and to no other', async () => {
    const next = signer('log.example/acme', 0x01, 'a new key')
    const changed = async (announced?: string) => {
      const log = await sampleOrganization()
      await log.changeKey('2026-01-20T12:05:00Z', next, announced)
      await log.publish('2026-01-20T12:10:00Z')
      serveStandings(log, now)
      return log
    }
    const result = await verify(await changed())
    assert.deepEqual([result.faults, result.log!.key], [[], printVkey(next.key)])
    assert.deepEqual((await verify(await changed('another key'))).faults.map(({ code }) => code), ['key_change_unproven'])
    const silent = await changed()
    silent.files.delete('log/keys')
    assert.deepEqual((await verify(silent)).faults.map(({ code }) => code), ['checkpoint_untrusted'])
    const forged = await changed()
    edit(forged, 'log/keys', (text) => text.replace(/"checkpoint":".*"/, () => `"checkpoint":${JSON.stringify(fromUtf8(forged.files.get('log/checkpoint')!))}`))
    assert.deepEqual((await verify(forged)).faults.map(({ code }) => code), ['checkpoint_untrusted'])
  })

  it('says that a log begins after the end of another was lost', async () => {
    const log = await sampleOrganization()
    log.add({ at: '2026-01-20T12:05:00Z', stream: 'ledger', kind: 'log.reopened', facts: { lost: 'log.example/old\n9\n' }, open: true })
    await log.publish('2026-01-20T12:10:00Z')
    serveStandings(log, now)
    const { ok, notes } = await verify(log)
    assert.ok(ok)
    assert.ok(notes.some(({ message }) => message ===
      'this log goes on after the end of log.example/old was lost (entry 13): compare with what others kept of it'))
  })

  it('remembers what it saw, accepts what has grown from it, and nothing else', async () => {
    const log = await sampleOrganization()
    const { memory } = await verify(log, { keys: [] })
    log.add({ at: '2026-01-20T12:10:00Z', stream: 'systems', kind: 'check.tls', marks: { result: 'passed' }, cases: { system: 's1' } })
    await log.publish('2026-01-20T12:20:00Z')
    serveStandings(log, now)
    const grown = await verify(log, { keys: [], remembered: memory! })
    assert.deepEqual([grown.faults, grown.log!.trust], [[], 'remembered'])
    const shorter = await verify(await sampleOrganization(), { remembered: grown.memory! })
    assert.deepEqual(shorter.faults.map(({ code }) => code), ['fork'])
  })
})

describe('the outside verifier notices', () => {
  const cases: [string, string, (log: SampleLog) => unknown][] = [
    ['a checkpoint by another key', 'checkpoint_untrusted', (log) => edit(log, 'log/checkpoint', (text) => text.replace('acme', 'acne'))],
    ['no checkpoint', 'checkpoint_untrusted', (log) => log.files.delete('log/checkpoint')],
    ['no entries', 'log_unreadable', (log) => log.files.delete('log/tile/entries/000.p/13')],
    ['a missing tile', 'log_unreadable', (log) => log.files.delete('log/tile/0/000.p/13')],
    ['an entry of a public stream that is not opened', 'not_opened', (log) => editOpenings(log,
      (openings) => openings.filter(({ kind }) => kind !== 'check.tls'))],
    ['a report that is not opened after its delay', 'not_opened', (log) => editOpenings(log,
      (openings) => openings.filter(({ kind }) => kind !== 'report.received'))],
    ['another policy text', 'text_differs', (log) => textPaths(log).forEach((path) => log.putText(path, policyText.replace('one week', 'one year')))],
    ['a missing policy text', 'text_missing', (log) => textPaths(log).forEach((path) => log.files.delete(path))],
    ['a prettier standing', 'standing_differs', (log) => edit(log, 'standings.json', (text) => text.replace('"standing":"kept"', '"standing":"idle"'))],
    ['a prettier record', 'standing_differs', (log) => edit(log, 'standings.json', (text) => text.replace(/("mark":"tls".*?"record":\{"total":)(\d+)/,
      '$14$2'))],
    ['a commitment left out', 'standing_missing', (log) => edit(log, 'standings.json', (text) => JSON.stringify({ ...JSON.parse(text),
      commitments: JSON.parse(text).commitments.slice(0, 1) }))],
    ['a commitment that no policy makes', 'standing_unknown', (log) => edit(log, 'standings.json', (text) => text.replace('"commitments":[',
      '"commitments":[{"policy":"reports","mark":"more","standing":"kept"},'))],
    ['old standings', 'standings_stale', (log) => serveStandings(log, Date.parse('2026-01-19T09:00:00Z'))],
    ['standings of entries that nobody signed', 'standings_ahead', (log) => edit(log, 'standings.json', (text) => text.replace('"size":13', '"size":14'))],
    ['a witness’s checkpoint of another history', 'fork', async (log) => {
      const other = await sampleOrganization()
      other.add({ at: '2026-01-20T12:00:00Z', stream: 'people', kind: 'a.b' })
      await other.publish('2026-01-20T12:00:00Z', [witness])
      log.files.set('log/cosigned/000', other.files.get('log/cosigned/000')!)
    }],
    ['an entry dated before a witness had seen that it was not there', 'date_contradicted', async (log) => {
      await log.publish('2026-01-25T12:00:00Z', [witness])
      log.add({ at: '2026-01-21T09:00:00Z', stream: 'people', kind: 'a.b' })
      await log.publish('2026-01-26T12:00:00Z')
    }],
    ['time that runs back', 'time_runs_back', async (log) => {
      log.add({ at: '2026-01-18T09:00:00Z', stream: 'people', kind: 'a.b' })
      await log.publish('2026-01-20T12:00:00Z')
    }],
    ['a date in the future', 'date_in_future', async (log) => {
      log.add({ at: '2027-01-18T09:00:00Z', stream: 'people', kind: 'a.b' })
      await log.publish('2026-01-20T12:00:00Z')
    }],
    ['a server that answers with an error', 'standings_unreadable', (log) => { log.fetch = async () => new Response('', { status: 500 }) }],
  ]
  for (const [what, code, change] of cases) {
    it(what, async () => assert.ok((await faultsAfter(change)).includes(code), (await faultsAfter(change)).join(' ')))
  }

  it('every changed byte of checkpoint, entries, tiles, openings and texts', async () => {
    const log = await smallLog()
    for (const path of [...log.files.keys()].filter((name) => !/^log\/(key|cosigned)/.test(name))) {
      await forEveryByte(log, path, async (at) => assert.ok(!(await verify(log, { witnesses: [] })).ok, `${path}, byte ${at}`))
    }
  })

  it('every changed byte of what witnesses saw, or it believes less and never more', async () => {
    const log = await smallLog()
    const sightings = new Set(times((await verify(log)).dates!))
    assert.equal(sightings.size, 1)
    await forEveryByte(log, 'log/cosigned/000', async (at) => {
      const { ok, dates = [] } = await verify(log)
      assert.ok(!ok || times(dates).every((time) => sightings.has(time)), `byte ${at}`)
    })
  })

  /** Each file has some hundred bytes; the server says nothing of standings. */
  async function smallLog(): Promise<SampleLog> {
    const log = new SampleLog()
    log.configure('2026-01-01T09:00:00Z', 'policies', 'at-once')
    const facts = { policy: 'p', version: 1, text_sha256: hash('sha256', policyText), commitments: [] }
    log.add({ at: '2026-01-01T09:00:00Z', stream: 'policies', kind: 'policy.published', facts, open: true })
    await log.publish('2026-01-20T12:00:00Z', [witness])
    await log.publish('2026-01-20T12:00:00Z')
    log.putText(`log/texts/${hash('sha256', policyText)}`, policyText)
    assert.ok((await verify(log)).ok)
    return log
  }

  const times = (dates: readonly DateBounds[]): number[] => dates.flatMap(({ notBefore, notAfter }) => [notBefore?.at ?? [], notAfter?.at ?? []].flat())

  async function forEveryByte(log: SampleLog, path: string, check: (at: number) => Promise<void>): Promise<void> {
    const bytes = log.files.get(path)!
    for (let at = 0; at < bytes.length; at++) {
      log.files.set(path, Uint8Array.from(bytes).with(at, bytes[at]! ^ 1))
      await check(at)
    }
    log.files.set(path, bytes)
  }
})
