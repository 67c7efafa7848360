import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readZip, verifySample } from 'avow-verify'
import { createAccount } from '../../access/accounts.ts'
import type { Actor, Member } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { readEvents, sequenceAll } from '../../ledger/index.ts'
import { listSigningKeys, verifierKeyOf } from '../../ledger/signing-keys.ts'
import { world, type World } from '../../../test/support/world.ts'
import { drawSample } from '../samples/draw-sample.ts'
import { fixPopulation } from '../samples/fix-population.ts'
import { sampleZip } from '../samples/sample-zip.ts'
import { courseView } from './find.ts'
import { training } from './index.ts'
import { listMyCourses } from './my-courses.ts'
import { adoptCourse, publishCourse, withdrawCourse } from './publish-course.ts'
import { shippedText } from './shipped.ts'
import { answerLesson, beginCourse } from './take-course.ts'
import { listCourses } from './team-training.ts'

const text = (again = 'every year') => `# Doors

| | |
|---|---|
| Pass mark | 100 % |
| For | member |
| Again | ${again} |

## One
### Question: Which?
- [ ] left
- [x] right

## Two
Nothing to answer here.

## Three
### Choose all: Which?
- [x] gate
- [x] portal
- [ ] window
`

describe('training', () => {
  let w: World
  let ann: Member
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    assert.ok(training)
    const accountId = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: 'Ann', address: 'ann@example.org' }, null)
      await addMember(tx, id, ['member'])
      return id
    })
    ann = { kind: 'member', accountId, personName: 'Ann', roles: ['member'] }
  })
  after(() => w.close())

  const mine = async () => (await w.as(ann).ask(listMyCourses,
    {})).courses.map(({ course, state, required, attempts }) => ({ course, state, required, tries: attempts.length }))
  const answer = (lesson: number, answers: Record<string, string | string[]>) => w.as(ann).run(answerLesson, { course: 'doors', lesson, answers })

  it('refuses a course with a fault, and names the line', async () => {
    await assert.rejects(w.as('admin').run(publishCourse, { course: 'doors', text: '# Doors\n\n## One\n\n### Question: What?\n- a\n- b\n' }),
      (error: { fields?: Record<string, string> }) => error.fields?.['text']?.startsWith('Line 5: Begin each answer') ?? false)
  })

  it('is begun, answered lesson by lesson, and not passed with a wrong answer', async () => {
    await w.as('admin').run(publishCourse, { course: 'doors', text: text() })
    await assert.rejects(w.as('admin').run(publishCourse, { course: 'doors', text: text() }), { code: 'course_unchanged' })
    assert.deepEqual(await mine(), [{ course: 'doors', state: 'to do', required: true, tries: 0 }])
    await assert.rejects(answer(1, { '1.1': '1' }), { code: 'course_not_begun' })
    await w.as(ann).run(beginCourse, { course: 'doors' })
    await w.as(ann).run(beginCourse, { course: 'doors' })
    await assert.rejects(answer(1, {}), { fields: { 'answers[1.1]': 'Choose an answer.' } })
    assert.equal((await answer(1, { '1.1': '0' })).ended, false)
    assert.equal((await mine())[0]!.state, 'begun')
    assert.equal((await answer(1, { '1.1': '1' })).ended, false, 'what is answered stays')
    const result = await answer(3, { '3.1': ['0', '1'] })
    assert.deepEqual({ ...result, attempt: '' }, { ended: true, attempt: '', right: 1, questions: 2, passed: false })
    assert.deepEqual(await mine(), [{ course: 'doors', state: 'to do', required: true, tries: 1 }])
  })

  it('is passed with an entry that a rule can read, and is due again a year later', async () => {
    await w.as(ann).run(beginCourse, { course: 'doors' })
    await answer(1, { '1.1': '1' })
    assert.equal((await answer(3, { '3.1': ['1', '0'] })).ended, true)
    assert.deepEqual(await mine(), [{ course: 'doors', state: 'passed', required: true, tries: 2 }])
    await sequenceAll(w.database, w.organization.id)
    const events = await w.read((tx) => readEvents(tx, 0, 100))
    const passed = events.filter(({ kind }) => kind === 'training.passed')
    assert.deepEqual(passed.map(({ marks }) => marks), [{ course: 'doors', vouch: 'machine' }])
    const team = await w.as('admin').ask(listCourses, {})
    assert.deepEqual(team.courses.map(({ passed: n, due }) => [n, due]), [[1, []]])
    w.clock.advance({ hours: 24 * 364 })
    assert.equal((await mine())[0]!.state, 'passed')
    w.clock.advance({ hours: 48 })
    assert.equal((await mine())[0]!.state, 'again')
    assert.equal((await w.as('admin').ask(listCourses, {})).courses[0]!.due.length, 1)
  })

  it('puts its certificates into an auditor’s sample, each by its hash', async () => {
    const auditor = w.as('auditor')
    const { sample } = await auditor.run(fixPopulation, { of: 'person.joined', from: '2026-01-01', to: '2026-12-31', size: 1 })
    await sequenceAll(w.database, w.organization.id)
    await auditor.run(drawSample, { sample })
    await sequenceAll(w.database, w.organization.id)
    const zip = Buffer.concat(await Array.fromAsync(
      await sampleZip({ database: w.database, organizationId: w.organization.id, actor: auditor.actor }, sample)))
    const trust = { keys: (await w.read((tx) => listSigningKeys(tx, 'log'))).map(verifierKeyOf), witnesses: [] }
    const { ok, faults } = await verifySample(zip, trust)
    assert.deepEqual([ok, faults], [true, []])
    const [paper, ...others] = [...readZip(zip)].filter(([name]) => /doors-2026-01-05-[^/]*-certificate\.pdf$/.test(name))
    assert.deepEqual([Buffer.from(paper![1]).subarray(0, 5).toString(), others], ['%PDF-', []])
  })

  it('judges by the version with which somebody began', async () => {
    await w.as(ann).run(beginCourse, { course: 'doors' })
    await w.as('admin').run(publishCourse, { course: 'doors', text: text('never').replace('- [ ] left\n- [x] right', '- [x] left\n- [ ] right') })
    await answer(1, { '1.1': '1' })
    const result = await answer(3, { '3.1': ['0', '1'] })
    assert.equal(result.ended && result.passed, true)
  })

  it('may be ended by whoever has begun it, also when it was withdrawn meanwhile, and begun by nobody else', async () => {
    await w.as('admin').run(publishCourse, { course: 'gates', text: text('never') })
    await w.as(ann).run(beginCourse, { course: 'gates' })
    await w.as('admin').run(withdrawCourse, { course: 'gates' })
    assert.ok((await mine()).some(({ course, state }) => course === 'gates' && state === 'begun'))
    assert.equal((await w.read((tx) => courseView(tx, ann.accountId, 'gates'))).next, 1)
    await assert.rejects(w.as('member').run(beginCourse, { course: 'gates' }), { code: 'not_found' })
    await w.as(ann).run(answerLesson, { course: 'gates', lesson: 1, answers: { '1.1': '1' } })
    assert.equal((await w.as(ann).run(answerLesson, { course: 'gates', lesson: 3, answers: { '3.1': ['0', '1'] } })).ended, true)
    await assert.rejects(w.as(ann).run(beginCourse, { course: 'gates' }), { code: 'not_found' })
  })

  it('is taken by people, not by keys, and not by those who only read', async () => {
    await assert.rejects(w.as('auditor').run(beginCourse, { course: 'doors' }), { code: 'forbidden' })
    await assert.rejects(w.as('machine').run(beginCourse, { course: 'doors' }), { code: 'forbidden' })
    const key: Actor = { kind: 'machine', keyId: '0198f000-0000-7000-8000-00000000000b', roles: ['member'], verbs: 'all' }
    await assert.rejects(w.as(key).run(beginCourse, { course: 'doors' }), { code: 'people_only' })
  })

  it('gives a shipped course as it is, takes it back, and gives it again', async () => {
    await w.as('admin').run(adoptCourse, { course: 'phishing' })
    const { courses, shipped } = await w.as('admin').ask(listCourses, {})
    assert.deepEqual(courses.find(({ course }) => course === 'phishing')?.origin, 'as shipped')
    assert.deepEqual(shipped, ['passwords', 'secure-development'])
    await w.as('admin').run(withdrawCourse, { course: 'phishing' })
    await assert.rejects(w.as(ann).run(beginCourse, { course: 'phishing' }), { code: 'not_found' })
    assert.ok((await w.as('admin').ask(listCourses, {})).shipped.includes('phishing'))
    await w.as('admin').run(publishCourse, { course: 'phishing', text: shippedText('phishing') + '\n' })
    assert.equal((await w.as('admin').ask(listCourses, {})).courses.find(({ course }) => course === 'phishing')?.origin, 'newer one shipped')
  })
})
