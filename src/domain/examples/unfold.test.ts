import assert from 'node:assert/strict'
import { test } from 'node:test'
import { History } from './history.ts'
import { questionsOf, readCourse } from '../training/course-text.ts'
import { gradeOf } from '../training/grade.ts'
import { shippedText } from '../training/shipped.ts'
import { joining, unfold } from './unfold.ts'

const history = (more: object) => History.parse({ slug: 'a', name: 'A', zone: 'UTC', days: 100, people: {}, deeds: [], reports: [], ...more })

test('it repeats a deed, leaves out some and delays some', () => {
  const deeds = unfold(history({ deeds: [{ day: 1, verb: 'evidence.record', repeat: { every: 30, times: 5, skip: [2], late: { 3: 4 } } }] }))
  assert.deepEqual(deeds.map(({ day }) => day), [1, 65, 91])
})

test('it tells a report’s life in the order of time', () => {
  const deeds = unfold(history({ reports: [{
    day: 10, title: 'T', description: 'D', steps: 'S', acknowledged: 1, asked: { after: 2, question: 'Q?', answer: 'A.', answered: 3 },
    verified: 4, severity: 'low', closed: { after: 200, reason: 'informative', message: 'M' },
  }] }))
  assert.deepEqual(deeds.map(({ day, verb, as }) => [day, verb, as]), [
    [10, 'report.submit', 'nobody'], [11, 'report.acknowledge', 'triager'], [12, 'report.ask', 'triager'], [13, 'report.answer', 'reporter report 1'],
    [14, 'report.verify', 'triager'],
  ])
})

test('it lets a machine look at each system, again and again until the history ends', () => {
  const deeds = unfold(history({ days: 40, sources: [{
    slug: 'probe', title: 'Probe', day: 35, kinds: ['check.tls'], vouch: 'machine',
    checks: [{ check: 'tls', systems: ['a', 'b'], every: 2, failed: [2], skip: [3] }],
  }] }))
  assert.deepEqual(deeds.map(({ day, verb, input }) => [day, verb, input.system, input.result]), [
    [35, 'source.register', undefined, undefined], [35.01, 'check.record', 'a', 'passed'], [35.01, 'check.record', 'b', 'passed'],
    [37.01, 'check.record', 'a', 'failed'], [37.01, 'check.record', 'b', 'failed'],
  ])
})

test('it lets somebody join first, then take a course lesson by lesson, all answers right', () => {
  const deeds = unfold(history({ people: { ann: { name: 'Ann (example)', roles: ['member'], joins: 1, passes: [{ day: 2, course: 'passwords' }] } } }))
  assert.deepEqual(deeds.slice(0, 2).map(({ day, verb, as }) => [day, verb, as]), [[1, joining, 'ann'], [2, 'course.begin', 'ann']])
  const { course } = readCourse(shippedText('passwords'))
  assert.equal(deeds.length, 2 + course.lessons.length)
  assert.equal(gradeOf(course, Object.assign({}, ...deeds.map(({ input }) => input.answers))).right, questionsOf(course).length)
})
