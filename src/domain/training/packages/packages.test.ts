import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { manifest12, manifest2004, package12, zipped12 } from '../../../../test/support/scorm-packages.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { zip, type Zipped } from '../../../../test/support/zip.ts'
import type { Actor } from '../../../access/actor.ts'
import { addMember } from '../../../access/memberships.ts'
import { newId } from '../../../lib/ids.ts'
import { stageAttachment } from '../../../seal/attachments.ts'
import { listMyCourses } from '../my-courses.ts'
import { beginCourse } from '../take-course.ts'
import { importPackage } from './import-package.ts'
import { readManifest } from './manifest.ts'
import { openZip } from '../../../lib/open-zip.ts'
import { outcomeOf } from '../run-time/outcome.ts'
import { findFile, readFilePart, reportAttempt } from '../run-time/run.ts'
import { attemptIn, runToken } from '../run-time/run-token.ts'

const everything = () => true
const problemsOf = (xml: string, has: (path: string) => boolean = everything) =>
  readManifest(xml, has).problems.map(({ line, message }) => `${line}: ${message}`)

describe('a manifest', () => {
  it('is read in both editions', () => {
    const { read } = readManifest(manifest12, everything)
    assert.equal(read?.standard, '1.2')
    assert.deepEqual(read.items.map(({ id, launch, reports, pass }) => [id, launch, reports, pass]),
      [['intro', 'intro.html', false, null], ['test', 'sco/index.html?language=en', true, 80]])
    const newer = readManifest(manifest2004, everything).read!
    assert.deepEqual([newer.standard, newer.items[0]!.launch, newer.items[0]!.pass], ['2004', 'content/frames.html', 0.7])
  })

  it('is refused with the line of what is wrong', () => {
    assert.match(problemsOf('<manifest>\n<x>\n</manifest>')[0]!, /^3: It is not well-formed XML/)
    assert.deepEqual(problemsOf(manifest12, (path) => path !== 'intro.html'), ['14: “intro.html” is not in the package.'])
    assert.match(problemsOf(manifest12.replace('href="intro.html"><file', 'href="https://elsewhere.example/a.html"><file'))[0]!, /^14: .*another server/)
    assert.match(problemsOf(manifest12.replace('identifierref="r-intro"', 'identifierref="gone"'))[0]!, /^8: It opens “gone”/)
    assert.match(problemsOf('<manifest/>')[0]!, /^1: It is not a SCORM package/)
  })

  it('fetches nothing and lets no entity grow', () => {
    const bomb = '<!DOCTYPE manifest [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    for (const entity of ['&b;', '&x;']) assert.match(problemsOf(`${bomb}<manifest>${entity}</manifest>`)[0]!, /not well-formed/)
  })
})

describe('a ZIP', () => {
  const paths = async (files: readonly Zipped[], limits?: Parameters<typeof openZip>[1]) => {
    const found: string[] = []
    for await (const { path, content } of openZip(zip(files), limits)) found.push(`${path}: ${(await content()).toString()}`)
    return found
  }
  const refused = (files: readonly Zipped[], why: RegExp, limits?: Parameters<typeof openZip>[1]) =>
    assert.rejects(paths(files, limits), ({ fields }: { fields: Record<string, string> }) => why.test(fields['package']!))

  it('gives its files', async () => {
    assert.deepEqual(await paths([{ path: 'a/', content: '' }, { path: 'a/b.txt', content: 'one' }]), ['a/b.txt: one'])
  })

  it('is refused where it leads out of itself, or points', async () => {
    await refused([{ path: '../../etc/passwd', content: '' }], /cannot be read/)
    await refused([{ path: '/etc/passwd', content: '' }], /cannot be read/)
    await refused([{ path: 'link', content: '/etc/passwd', mode: 0o120777 }], /symbolic link/)
    await refused([{ path: 'secret', content: 'x', flags: 0x0801 }], /encrypted/)
    await assert.rejects(paths([]).then(() => openZip(Buffer.from('not a ZIP')).next()), { code: 'invalid_input' })
  })

  it('is refused where it is too much, also where it hides it', async () => {
    const zeros = Buffer.alloc(5000)
    const limits = { file: 1000, total: 1500, files: 3 }
    await refused([{ path: 'a', content: zeros }], /a has more than/, limits)
    await refused([{ path: 'a', content: zeros, saidSize: 10 }], /cannot be read/, limits)
    await refused(['a', 'b'].map((path) => ({ path, content: zeros.subarray(0, 900) })), /unpacked/, limits)
    await refused(['a', 'b', 'c', 'd'].map((path) => ({ path, content: '' })), /more than 3 files/, limits)
  })
})

describe('what a package reports', () => {
  const { read: scorm12 } = readManifest(manifest12, everything)
  const { read: scorm2004 } = readManifest(manifest2004, everything)
  const said = (values: Record<string, string>) => ({ at: 1, values })
  const opened = said({ 'cmi.completion_status': 'completed' })

  it('passes by the mastery score, whatever status it gives (1.2)', () => {
    const test = (raw: string, status: string) => outcomeOf(scorm12!, {
      intro: opened, test: said({ 'cmi.core.score.raw': raw, 'cmi.core.lesson_status': status }) }, true)
    assert.deepEqual(test('80', 'completed'), { passed: true, score: 0.8 })
    assert.deepEqual(test('79', 'passed'), { passed: false, score: 0.79 })
    assert.deepEqual(test('79', 'incomplete'), { passed: null, score: 0.79 })
    const half = outcomeOf(scorm12!, { test: said({ 'cmi.core.lesson_status': 'passed' }) }, true)
    assert.deepEqual(half, { passed: null, score: null }, 'a part is not opened yet')
  })

  it('passes by its measure, else by success, else by being complete (2004)', () => {
    const climb = (values: Record<string, string>, pass: number | null = 0.7) =>
      outcomeOf({ ...scorm2004!, items: [{ ...scorm2004!.items[0]!, pass }] }, { climb: said(values) }, true).passed
    assert.equal(climb({ 'cmi.score.scaled': '0.7', 'cmi.success_status': 'failed' }), true)
    assert.equal(climb({ 'cmi.success_status': 'passed' }), null, 'there is no measure yet')
    assert.equal(climb({ 'cmi.success_status': 'failed', 'cmi.completion_status': 'completed' }, null), false)
    assert.equal(climb({ 'cmi.completion_status': 'completed' }, null), true)
    assert.equal(climb({ 'cmi.completion_status': 'incomplete' }, null), null)
  })
})

describe('a package', () => {
  let w: World
  const ann: Actor = { kind: 'member', accountId: newId(), personName: 'Ann', roles: ['member'] }
  before(async () => {
    w = await world()
    await w.write((tx) => addMember(tx, ann.accountId, ['member']))
  })
  after(() => w.close())

  const staged = async (content: Buffer) => (await stageAttachment(w.database, w.organization.id, { name: 'x.zip', type: 'application/zip' },
    (async function* () { yield content })())).id
  const bring = async (content: Buffer, course = 'fire') => w.as('admin').run(importPackage, { course, package: await staged(content) })
  const attempt = () => w.read((tx) => tx.db.selectFrom('course_attempts').select(['id', 'version_id', 'reported', 'passed']).where('ended_at', 'is', null)
    .executeTakeFirst())
  const report = (run: string, part: string, values: Record<string, string>, more: object = {}) =>
    w.as('nobody').run(reportAttempt, { run, part, at: 1, values, over: false, ...more })

  it('is imported with its files, once', async () => {
    assert.deepEqual(await bring(zipped12()), { course: 'fire', version: 1, standard: '1.2', parts: 2 })
    await assert.rejects(bring(zipped12()), { code: 'course_unchanged' })
    const left = await w.read((tx) => tx.db.selectFrom('attachments').select('id').execute())
    assert.equal(left.length, 1, 'what was taken is not staged any more')
  })

  it('says why it is not taken', async () => {
    const why = (files: readonly Zipped[]) => bring(zip(files)).then(() => '', ({ fields }: { fields: Record<string, string> }) => fields['package'])
    assert.match((await why([{ path: 'a/imsmanifest.xml', content: '' }]))!, /lies in the folder a/)
    assert.match((await why([{ path: 'tincan.xml', content: '' }]))!, /xAPI/)
    assert.match((await why([{ path: 'index.html', content: '' }]))!, /no imsmanifest/)
    assert.match((await why(package12().filter(({ path }) => path !== 'intro.html')))!, /imsmanifest\.xml, line 14/)
    await assert.rejects(bring(zipped12(), 'packages'), { code: 'invalid_input' })
  })

  it('gives parts of its files, whatever the case of their names', async () => {
    await w.as(ann).run(beginCourse, { course: 'fire' })
    const { version_id: version } = (await attempt())!
    const found = await w.read((tx) => findFile(tx, version, 'SCO/Style.css'))
    assert.deepEqual(found, { path: 'sco/style.css', size: 32 })
    assert.equal((await w.read((tx) => readFilePart(tx, version, 'sco/style.css', 7, 11))).toString(), 'font-family')
    assert.equal(await w.read((tx) => findFile(tx, version, '../imsmanifest.xml')), undefined)
  })

  it('opens by a token that is one attempt’s, and for some hours', async () => {
    const { id } = (await attempt())!
    const token = await w.read(async (tx) => runToken(tx, id))
    const opens = (text: string, organization = w.organization.id) => w.database.read(organization, async (tx) => attemptIn(tx, text))
    assert.equal(await opens(token), id)
    const other = Buffer.from(token, 'base64url')
    for (const byte of [0, 17, 30]) {
      const changed = Buffer.from(other)
      changed[byte]! ^= 1
      assert.equal(await opens(changed.toString('base64url')), null)
    }
    assert.equal(await opens(token, w.other.id), null)
    w.clock.advance({ hours: 12 })
    assert.equal(await opens(token), null)
    await assert.rejects(report(token, 'test', {}), { code: 'not_found' })
  })

  it('reports of its own attempt alone, and an older report changes nothing', async () => {
    const run = await w.read(async (tx) => runToken(tx, (await attempt())!.id))
    await report(run, 'test', { 'cmi.suspend_data': 'newer' }, { at: 7 })
    await report(run, 'test', { 'cmi.suspend_data': 'older' }, { at: 6 })
    assert.equal((await attempt())!.reported['test']!.values['cmi.suspend_data'], 'newer')
    await assert.rejects(report(run, 'nothing', {}), { code: 'not_found' })
    await assert.rejects(report(run, 'test', { password: 'x' }), { code: 'invalid_input' })
    await assert.rejects(report(run, 'test', Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`cmi.interactions.${i}.id`, 'x'.repeat(60_000)]))),
      { code: 'invalid_input' })
  })

  it('passes with an entry that says who said so, forgets what it kept, and hears nothing more', async () => {
    const run = await w.read(async (tx) => runToken(tx, (await attempt())!.id))
    assert.deepEqual(await report(run, 'intro', { 'cmi.completion_status': 'completed' }), { passed: null })
    const good = { 'cmi.core.lesson_status': 'completed', 'cmi.core.score.raw': '85' }
    assert.deepEqual(await report(run, 'test', good, { at: 8, over: true }), { passed: true })
    assert.deepEqual(await report(run, 'test', { 'cmi.core.lesson_status': 'failed' }, { at: 9, over: true }), { passed: true })
    const row = await w.read((tx) => tx.db.selectFrom('course_attempts').select(['score', 'reported']).executeTakeFirstOrThrow())
    assert.deepEqual(row, { score: 0.85, reported: {} })
    const { courses: [mine] } = await w.as(ann).ask(listMyCourses, {})
    assert.deepEqual([mine!.state, mine!.attempts[0]!.score], ['passed', 0.85])
    const entry = await w.read((tx) => tx.db.selectFrom('entries').select('marks').where('kind', '=', 'training.passed').executeTakeFirstOrThrow())
    assert.deepEqual(entry.marks, { course: 'fire', vouch: 'company' })
  })
})
