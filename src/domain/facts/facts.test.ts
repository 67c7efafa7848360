import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { world, type World } from '../../../test/support/world.ts'
import type { Actor } from '../../access/actor.ts'
import { newId } from '../../lib/ids.ts'
import { stageAttachment } from '../../seal/attachments.ts'
import { closeReport } from '../reports/close-report.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { addAsset } from '../reports/manage-assets.ts'
import { restrictReport } from '../reports/restrict-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { closeTicked } from '../triage/close-spam.ts'
import { checkLaterJob } from './check-later.ts'
import { checkAgain, checkJob } from './check-report.ts'
import { cveList } from './cve-list.ts'
import './index.ts'
import { readFacts } from './read-facts.ts'

const system: Actor = { kind: 'system', job: 'report.check' }
const lookups = { cves: cveList({ privateNetwork: false }), sources: { dataFolder: '/nonexistent', privateNetwork: false } }
const job = checkJob(lookups)
const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N'
const words = (count: number, salt: number) => Array.from({ length: count }, (_, i) => `word${(i * 7919 + salt * 104_729) % 1_000_003}`).join(' ')

describe('facts about a report', () => {
  let w: World
  before(async () => { w = await world() })
  beforeEach(() => w.clock.advance({ minutes: 1 }))
  after(() => w.close())

  const submit = async (more: object): Promise<string> =>
    (await w.as('nobody').run(submitReport, { title: 'A weakness', description: 'Words.', steps: 'Look.', good_faith: true, ...more })).report
  const check = (report: string) =>
    job.run({ database: w.database, organizationId: w.organization.id, actor: system, signal: AbortSignal.timeout(60_000) }, { report })
  const checked = async (more: object) => {
    w.clock.advance({ minutes: 1 })   // Ids of one millisecond have no order.
    const report = await submit(more)
    await check(report)
    return report
  }
  const factsOf = (report: string, who: Parameters<World['as']>[0] = 'triager') => w.as(who).ask(readFacts, { report })
  const said = async (report: string) => (await factsOf(report)).groups.flatMap(({ check: of, facts }) =>
    facts.map(({ mark, about, says }) => `${of} ${mark} ${about}: ${says}`))
  const rowsOf = (report: string) => w.read(async (tx) => {
    const counts = await Promise.all((['report_facts', 'report_signatures', 'report_bands', 'report_places'] as const).map(async (table) =>
      (await tx.db.selectFrom(table).select('report_id').where('report_id', '=', report).execute()).length))
    return counts
  })
  const queueOf = (id: string) =>
    w.read((tx) => tx.db.selectFrom('reports').select(['queue', 'queue_reasons']).where('id', '=', id).executeTakeFirstOrThrow())
  const queued = () => w.read(async (tx) => (await sql<{ n: number }>`
    select count(*)::int as n from graphile_worker.jobs where task_identifier = 'report.check'`.execute(tx.db)).rows[0]!.n)

  it('are looked for later where it is suspect, and never where it was closed by then', async () => {
    const before = await queued()
    const flood: Actor = { kind: 'nobody', from: { network: '192.0.2.1', tor: false } }
    const [kept, spam] = await Promise.all(['A', 'B'].map(async (title) =>
      (await w.as(flood).run(submitReport, { title, description: 'Words.', steps: 'Look.', good_faith: true })).report))
    assert.deepEqual([(await queueOf(kept!)).queue, await queued()], ['suspect', before])
    const work = { database: w.database, organizationId: w.organization.id, actor: system, signal: AbortSignal.timeout(60_000) }
    await checkLaterJob(lookups).run(work, {})
    assert.equal((await factsOf(kept!)).checked_at, null)
    w.clock.advance({ minutes: 31 })
    await w.as('triager').run(closeTicked, { reports: [spam!], message: 'This is no weakness.' })
    await checkLaterJob(lookups).run(work, {})
    assert.notEqual((await factsOf(kept!)).checked_at, null)
    assert.equal((await factsOf(spam!)).checked_at, null)
  })

  it('are looked for as soon as it arrived, whatever the way', async () => {
    const before = await queued()
    const report = await submit({})
    assert.equal(await queued(), before + 1)
    assert.equal((await factsOf(report)).checked_at, null)
    await w.as('triager').run(checkAgain, { report })
    assert.equal(await queued(), before + 1)
  })

  it('say what was looked at, against what, and how it ended', async () => {
    await w.as('admin').run(addAsset, { name: 'Shop', locator: 'https://shop.example' })
    const file = await stageAttachment(w.database, w.organization.id, { name: 'poc.py', type: 'text/x-python' }, [Buffer.from('print(1)')] as never)
    const report = await checked({
      weakness: 'CWE-79', attachments: [file.id],
      description: `On https://shop.example/cart?q=1 of version 2.3.1, see https://elsewhere.example, CVE-2031-1234. ${vector}`,
      steps: 'Open it.\nYou should see an alert.',
    })
    const facts = await said(report)
    for (const fact of [
      'scope yes shop.example: in scope: Shop', 'scope hint elsewhere.example: not in the scope list', `severity yes ${vector}: 6.1, medium`,
      'evidence yes poc.py: a file was sent', 'evidence yes Steps: 2 lines given', 'evidence yes Version: 2.3.1',
      'evidence yes Expected result: “You should see” is in the text',
    ]) assert.ok(facts.includes(fact), `${fact} is not in\n${facts.join('\n')}`)
    assert.match(facts.join('\n'), /known yes CWE-79: .*Cross-site Scripting/)
    assert.match(facts.join('\n'), /known no CVE-2031-1234: cannot exist/)
    const { checked_at: at, groups } = await factsOf(report)
    assert.equal(at, w.clock.now().toString({ fractionalSecondDigits: 3 }))
    assert.ok(groups.every(({ against }) => against !== ''))
  })

  it('tell a text that was sent before from another report of the same place', async () => {
    const first = await checked({ weakness: 'CWE-79', description: `${words(200, 1)} https://shop.example/find?term=1` })
    const copy = await checked({ weakness: 'CWE-89', description: `${words(195, 1)} and a few words more` })
    const independent = await checked({ weakness: 'CWE-79', description: `${words(200, 77)} GET https://shop.example/find/?term=%3Cb%3E` })
    const ofCopy = await factsOf(copy)
    assert.deepEqual(ofCopy.alike.map(({ id }) => id), [first])
    assert.ok(ofCopy.alike[0]!.share > 0.8)
    assert.deepEqual(ofCopy.same_place, [])
    const ofIndependent = await factsOf(independent)
    assert.deepEqual([ofIndependent.alike, ofIndependent.same_place.map(({ id }) => id)], [[], [first]])
    assert.deepEqual((await factsOf(first)).same_place.map(({ id }) => id), [independent])
    assert.equal((await queueOf(copy)).queue, 'unproven')
    assert.ok((await queueOf(copy)).queue_reasons.includes('near-duplicate'))
    assert.equal((await queueOf(first)).queue, 'plausible')
  })

  it('lead to no report that the reader may not see', async () => {
    const ada: Actor = { kind: 'member', accountId: newId(), personName: 'Ada', roles: ['triager'], confirmed: true }
    const secret = await checked({ title: 'Hidden', weakness: 'CWE-22', description: `${words(200, 5)} https://shop.example/file?name=x` })
    const report = await checked({ weakness: 'CWE-22', description: `${words(200, 5)} https://shop.example/file?name=y` })
    assert.deepEqual((await factsOf(report, ada)).alike.map(({ id }) => id), [secret])
    await w.as('admin').run(restrictReport, { report: secret })
    const seen = await factsOf(report, ada)
    assert.deepEqual([seen.alike, seen.same_place], [[], []])
    await assert.rejects(factsOf(secret, ada), { code: 'not_found' })
    await assert.rejects(factsOf(report, 'member'), { code: 'forbidden' })
  })

  it('are gone with the report, fingerprints and all', async () => {
    const report = await checked({ weakness: 'CWE-79', description: `${words(200, 9)} https://shop.example/x?a=1` })
    assert.deepEqual(await rowsOf(report), [1, 1, 32, 1])
    await w.as('triager').run(closeReport, { report, reason: 'informative', message: 'Thank you.' })
    await w.as('admin').run(eraseReport, { report, what: 'content' })
    assert.deepEqual(await rowsOf(report), [0, 0, 0, 0])
    await check(report)
    assert.deepEqual(await rowsOf(report), [0, 0, 0, 0])
  })

  it('hold no word of the report that the database could read', async () => {
    const report = await checked({ weakness: 'CWE-79', description: `${words(200, 12)} https://canary.example/x?canary=1` })
    const rows = await w.read(async (tx) => Promise.all((['report_facts', 'report_signatures', 'report_bands', 'report_places'] as const).map((table) =>
      tx.db.selectFrom(table).selectAll().where('report_id', '=', report).execute())))
    const stored = rows.flat().flatMap((row) => Object.values(row)).map((value) => Buffer.isBuffer(value) ? value.toString('latin1') : String(value)).join('\n')
    for (const word of ['canary', 'word', 'CWE']) assert.ok(!stored.includes(word), word)
  })

  it('know a report that is nothing but a scanner’s output', async () => {
    const run = { tool: { driver: { name: 'Sniffer', version: '1.2' } }, results: [{ ruleId: 'r1', message: { text: 'Bad' } }] }
    const output = JSON.stringify({ version: '2.1.0', runs: [run] })
    const report = await checked({ steps: '', skipped: 'The tool found it.', tools: [{ name: 'Sniffer', version: '1.2', output }] })
    assert.ok((await said(report)).includes('evidence hint Own evidence: none beside a scanner’s output'))
    assert.ok((await said(report)).includes('evidence yes Sniffer 1.2: its output was recognised: 1 finding'))
    assert.ok((await queueOf(report)).queue_reasons.includes('only-scanner'))
  })

  it('are found whatever was written', async () => {
    for (const description of ['\u0000 \u202Eabc', '😀'.repeat(30_000), 'שלום '.repeat(15_000), 'a'.repeat(90_000), 'x\n'.repeat(40_000)]) {
      const report = await checked({ description: `.${description}.` })
      assert.ok((await factsOf(report)).checked_at)
    }
  })
})
