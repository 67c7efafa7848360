import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sources } from './source.ts'

/** The practice of people, by its folders. */
const practice = ['acceptances', 'agreements', 'background-checks', 'checklists', 'exercises', 'first-days', 'training', 'updates']
/** What every practice stands on; docs/architecture.md says what each is. */
const core = ['holds', 'obligations', 'people', 'reminders', 'responsibilities', 'samples', 'texts']

/** The measure of a practice: fewer than 2,500 lines of its own. */
const most = 2499

/** Sources without tests, without pages, and without SCORM's run-time. */
const counted = sources('src/domain/**/*.ts').filter(({ path }) => practice.includes(folderOf(path)!)
  && !/\.test\.ts$|\/pages\/|\/training\/run-time\//.test(path))

function folderOf(path: string): string | undefined {
  return /^src\/domain\/([^/]+)\//.exec(path)?.[1]
}

describe('the practice of people', () => {
  it(`has at most ${most} lines that are neither blank nor comment`, (t) => {
    const lines = Map.groupBy(counted, ({ path }) => folderOf(path)!)
    const sizes = [...lines].map(([folder, files]) => [folder, files.reduce((sum, { text }) => sum + codeLines(text), 0)] as const)
    const sum = sizes.reduce((all, [, size]) => all + size, 0)
    t.diagnostic(`${sizes.map(([folder, size]) => `${folder} ${size}`).join(', ')}: ${sum}`)
    assert.ok(sum <= most, `${sum} lines`)
  })

  it('is known by name to nothing that it stands on', () => {
    const knowing = sources('src/domain/**/*.{ts,tsx}').filter(({ path }) => core.includes(folderOf(path)!) && !path.includes('.test.'))
      .flatMap(({ path, text }) => practice.filter((folder) => new RegExp(`from '(\\.\\./)+${folder}/`).test(text)).map((folder) => `${path} → ${folder}`))
    assert.deepEqual(knowing, [])
  })
})

/** A line of code; what stands in comments of their own lines does not count. */
function codeLines(text: string): number {
  return text.replaceAll(/^\s*\/\*[\s\S]*?\*\/\s*$/gm, '').split('\n').filter((line) => line.trim() !== '' && !/^\s*\/\//.test(line)).length
}
