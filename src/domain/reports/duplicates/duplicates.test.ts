import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { verifyDuplicate, type DuplicateVerification } from 'avow-verify'
import { world, type World } from '../../../../test/support/world.ts'
import { append, findKind, receiptFor, sequenceAll } from '../../../ledger/index.ts'
import { verifierKeyOf } from '../../../ledger/signing-keys.ts'
import { Invalid } from '../../../lib/errors.ts'
import '../../systems/index.ts'
import { closeReport } from '../close-report.ts'
import '../disclosed.ts'
import { eraseReport } from '../erase-report.ts'
import { getReport } from '../find.ts'
import { readReport } from '../read-report.ts'
import { reopenReport } from '../reopen-report.ts'
import { restrictReport } from '../restrict-report.ts'
import { submitReport } from '../submit-report.ts'
import { openFinding } from './open-finding.ts'
import { everyPart, openParts } from './parts.ts'
import { duplicateFile, readOriginal } from './read-original.ts'

const content = {
  title: 'Quokka in the basement', description: 'It digs.\nMy name is Moss.\n', steps: 'Look down.', weakness: 'CWE-79', good_faith: true, skipped: '',
} as const

describe('a duplicate', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const settled = () => sequenceAll(w.database, w.organization.id)
  const submit = async (more: object = {}) => {
    const { report } = await w.as('nobody').run(submitReport, { ...content, ...more })
    await settled()
    return report
  }
  const close = (report: string, more: object) => w.as('triager').run(closeReport, { report, reason: 'duplicate', message: 'We know it.', ...more })
  const seen = async (report: string) => (await w.as({ kind: 'reporter', reportId: report }).ask(readOriginal, { report })).original
  const disclose = (report: string) => w.write((tx) => append(tx, findKind('report.disclosed')!, { subjects: { report }, marks: {}, facts: {} }))

  const file = (report: string) => w.read(async (tx) => duplicateFile(tx, await getReport(tx, { kind: 'reporter', reportId: report }, report)))
  async function verified(report: string): Promise<DuplicateVerification> {
    await settled()
    const { duplicate, receipt, key } = await w.read(async (tx) => {
      const row = await getReport(tx, { kind: 'reporter', reportId: report }, report)
      const signing = await tx.db.selectFrom('signing_keys').selectAll().where('purpose', '=', 'log').executeTakeFirstOrThrow()
      return { duplicate: await duplicateFile(tx, row), receipt: await receiptFor(tx, row.received_entry_id), key: verifierKeyOf(signing) }
    })
    return verifyDuplicate({ duplicate, receipt }, { keys: [key], witnesses: [] })
  }

  async function pair(): Promise<[original: string, later: string]> {
    const original = await submit()
    const later = await submit({ title: 'A marsupial below', description: 'It burrows.' })
    const { reference } = await w.as('triager').ask(readReport, { report: original })
    await close(later, { original: reference.toLowerCase() })
    await settled()
    return [original, later]
  }

  it('names what came first, or is said to have no record; and nothing else is accepted', async () => {
    const [first, second] = [await submit(), await submit()]
    const refused = (report: string, more: object, words: RegExp) =>
      assert.rejects(close(report, more), (error) => error instanceof Invalid && words.test(error.fields['original'] ?? ''))
    await refused(first, {}, /Name the report/)
    await refused(first, { original: 'R-NONE-SUCH' }, /no report of this name/)
    await refused(first, { original: first }, /its own original/)
    await refused(first, { original: second }, /came later/)
    await refused(second, { original: '0' }, /no finding of that number/)
    await close(second, { original: first })
    const third = await submit()
    await refused(third, { original: second }, /is a duplicate itself/)
    await close(third, { no_record: true })
    assert.equal(await seen(third), null)
  })

  it('is refused an original that the member may not see', async () => {
    const [hidden, report] = [await submit(), await submit()]
    await w.as('admin').run(restrictReport, { report: hidden })
    await assert.rejects(close(report, { original: hidden }), (error) => error instanceof Invalid && /that you may see/.test(error.fields['original']!))
  })

  it('gives its reporter what binds the company and tells nothing of the original', async () => {
    const [, later] = await pair()
    const result = await verified(later)
    assert.deepEqual([result.faults, result.notes.map(({ code }) => code)], [[], ['date_unwitnessed', 'original_sealed']])
    const text = await file(later)
    for (const secret of ['Quokka', 'digs', 'Moss', 'CWE-79', 'report.received"']) assert.ok(!text.includes(secret), secret)
    const shown = await seen(later)
    assert.ok(shown!.index < shown!.own!)
    assert.equal(shown!.opened, null)
  })

  it('shows after the disclosure what is open of the original, and proves it', async () => {
    const [original, later] = await pair()
    await disclose(original)
    const open = () => seen(later).then((one) => one!.opened!.filter((part) => part !== null).map(({ of, value }) => [of, value]))
    assert.deepEqual(await open(), [['asset', null], ['weakness', 'CWE-79']])
    const lines = await w.read(async (tx) => (await everyPart(tx, await getReport(tx, { kind: 'system', job: 'test' }, original)))
      .flatMap(({ of, value }, n) => (of === 'title' || value === 'It digs.\n' ? [n] : [])))
    await w.write((tx) => openParts(tx, original, lines))
    assert.deepEqual((await open()).map(([, value]) => value), [null, 'It digs.\n', 'Quokka in the basement', 'CWE-79'])
    const result = await verified(later)
    assert.deepEqual(result.faults, [])
    assert.ok(!(await file(later)).includes('Moss'))
    assert.equal((await w.as('triager').ask(readReport, { report: original })).disclosed, true)
  })

  it('opens nothing more once the original was erased, and stays proven', async () => {
    const [original, later] = await pair()
    await close(original, { no_record: true })
    await disclose(original)
    await w.as('admin').run(eraseReport, { report: original, what: 'content' })
    assert.deepEqual((await verified(later)).faults, [])
    assert.equal((await seen(later))!.opened, null)
  })

  it('of a finding of our own is opened whole, by hand', async () => {
    const facts = { note: 'The basement has a hole.', reference: 'SEC-9' }
    await w.write((tx) => append(tx, findKind('finding.opened')!, { subjects: { finding: 'f-9' }, marks: { severity: 'low' }, facts }))
    await settled()
    const size = await w.read((tx) => tx.db.selectFrom('leaves').select(({ fn }) => fn.max('index').as('index')).executeTakeFirstOrThrow())
    const report = await submit()
    await close(report, { original: `#${size.index}` })
    await settled()
    assert.equal((await seen(report))!.opened, null)
    assert.ok(!(await file(report)).includes('hole'))
    await w.as('triager').run(openFinding, { report })
    assert.deepEqual((await verified(report)).opened?.parts.map((part) => part!.value), [facts.note, facts.reference])
    await assert.rejects(w.as('triager').run(openFinding, { report }), { code: 'nothing_to_open' })
  })

  it('is none any more when it is opened again', async () => {
    const [, later] = await pair()
    await w.as('triager').run(reopenReport, { report: later, reason: 'appeal', message: 'It is another one.' })
    assert.equal(await seen(later), null)
  })
})
