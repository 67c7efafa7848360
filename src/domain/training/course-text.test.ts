import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, it } from 'node:test'
import { walk } from '../../lib/markdown.ts'
import { questionsOf, readCourse } from './course-text.ts'
import { gradeOf, isRight, openLesson, shuffled, type Answers } from './grade.ts'
import { shippedCourses, shippedPicture, shippedText } from './shipped.ts'

const small = `# Doors

| | |
|---|---|
| Minutes | 5 |
| Pass mark | 50 % |
| For | admin, triager |
| Again | every 6 months |

Why doors matter.

## Closing

Close them.

### A heading of the lesson

### Question: Which one?
- [ ] The left one
- [x] The right one

> Because it is the right one.

### Choose all: Which are doors?
- [x] Gate
- [x] Portal
- [ ] Window

## Opening

### Put in order: How to open?
1. Turn the key
2. Push
3. Walk in

### Judge this mail: From the locksmith.
\`\`\`mail
From: Locks <locks@example.net>
Subject: Your key

Send us a photo of your key.
\`\`\`
- [x] Phishing
- [ ] Genuine
`

const problemsOf = (text: string) => readCourse(text).problems.map(({ line, message }) => `${line}: ${message}`)
const solve = (text: string): Answers => Object.fromEntries(questionsOf(readCourse(text).course).map(({ id, kind, options }) => [id, kind === 'order'
  ? Object.fromEntries(options.map(({ key }, i) => [key, String(i + 1)]))
  : options.filter(({ right }) => right).map(({ key }) => key)]))

describe('a course’s text', () => {
  it('is read with its settings, lessons and questions', () => {
    const { course, problems } = readCourse(small)
    assert.deepEqual(problems, [])
    assert.equal(course.title, 'Doors')
    assert.deepEqual(course.settings, { minutes: 5, passMark: 0.5, roles: ['admin', 'triager'], againMonths: 6 })
    assert.deepEqual(course.lessons.map(({ title, text }) => [title, text.length]), [['Closing', 2], ['Opening', 0]])
    assert.deepEqual(questionsOf(course).map(({ id, kind, prompt }) => [id, kind, prompt]), [
      ['1.1', 'single', 'Which one?'], ['1.2', 'multiple', 'Which are doors?'], ['2.1', 'order', 'How to open?'], ['2.2', 'mail', 'From the locksmith.'],
    ])
    const [single, , , mail] = questionsOf(course)
    assert.equal(single!.because.length, 1)
    assert.deepEqual(mail!.mail, { headers: [['From', 'Locks <locks@example.net>'], ['Subject', 'Your key']], body: 'Send us a photo of your key.' })
  })

  it('names what is wrong, with its line', () => {
    assert.deepEqual(problemsOf('Nothing'), [
      '1: Begin with a heading: “# Phishing”. It is the course’s title.', '1: There is no lesson. Each begins with a heading: “## What a lure looks like”.',
    ])
    assert.deepEqual(problemsOf('# A\n\n## B\n\ntext'), ['1: There is no question, so nobody could pass.'])
    assert.deepEqual(problemsOf('# A\n\n| | |\n|-|-|\n| Minutes | many |\n| Colour | red |\n\n## B\n\n### Question: C?\n- [x] d\n- [x] e\n'), [
      '5: Give a number of minutes, 25 for instance.', '6: “colour” is none of: minutes, pass mark, for, again.',
      '10: Mark exactly one answer with “[x]”. Where several are right, begin the heading with “Choose all:”.',
    ])
    assert.match(problemsOf('# A\n\n## B\n\n### Put in order: C?\n- a\n- b\n')[0]!, /numbered list/)
    assert.match(problemsOf('# A\n\n## B\n\n### Judge this mail: C?\n- [x] a\n- [ ] b\n')[0]!, /fenced block/)
    assert.match(problemsOf('# A\n\n## B\n\n<b>bold</b>\n\n### Question: C?\n- [x] a\n- [ ] b\n')[0]!, /^5: HTML is not taken/)
  })

  it('is graded all or nothing, question by question', () => {
    const { course } = readCourse(small)
    const right = solve(small)
    assert.deepEqual(gradeOf(course, right), { right: 4, questions: 4, passed: true })
    const [single, multiple, order] = questionsOf(course)
    assert.equal(isRight(multiple!, { '1.2': ['0'] }), false)
    assert.equal(isRight(multiple!, { '1.2': ['0', '1', '2'] }), false)
    assert.equal(isRight(multiple!, { '1.2': { 0: '1', 1: '0' } }), true)
    assert.equal(isRight(order!, { '2.1': { 0: '2', 1: '1', 2: '3' } }), false)
    assert.equal(isRight(single!, { '1.1': '7' }), false)
    assert.deepEqual(gradeOf(course, { '1.1': '1', '1.2': ['0', '1'] }), { right: 2, questions: 4, passed: true })
    assert.deepEqual(gradeOf(course, { '1.1': '1' }), { right: 1, questions: 4, passed: false })
    assert.equal(openLesson(course, { '1.1': '0', '1.2': ['2'] }), 2)
    assert.equal(openLesson(course, right), null)
  })

  it('shows answers in another order in each attempt, and in the same one within it', () => {
    const order = questionsOf(readCourse(small).course)[2]!
    const orders = new Set(Array.from({ length: 30 }, (_, i) => shuffled(order, `attempt ${i}`).map(({ key }) => key).join()))
    assert.ok(orders.size > 3)
    assert.deepEqual(shuffled(order, 'one'), shuffled(order, 'one'))
  })
})

describe('a shipped course', () => {
  for (const name of shippedCourses) {
    it(`is whole: ${name}`, () => {
      const text = shippedText(name)
      const { course, problems } = readCourse(text)
      assert.deepEqual(problems, [])
      assert.ok(questionsOf(course).length >= 12, 'at least a dozen questions')
      assert.ok(questionsOf(course).every(({ because }) => because.length > 0), 'each with its reason')
      assert.equal(gradeOf(course, solve(text)).passed, true)
      const words = text.split(/\s+/).length
      // Some 200 words a minute, and half a minute for each question.
      const minutes = words / 200 + questionsOf(course).length / 2
      assert.ok(Math.abs(minutes - course.settings.minutes) < 6, `takes about ${Math.round(minutes)} minutes`)
      const pictures = course.lessons.flatMap(({ text: blocks }) => blocks.flatMap((block) => [...walk(block)])).filter((node) => node.type === 'image')
      assert.ok(pictures.every(({ url, alt }) => alt && shippedPicture(url.replace('pictures/', ''))), 'its pictures are there, and said in words')
    })
  }

  it('has no picture that no course shows', () => {
    const all = shippedCourses.map(shippedText).join()
    assert.deepEqual(readdirSync('courses/pictures').filter((file) => !all.includes(`pictures/${file}`)), [])
  })
})
