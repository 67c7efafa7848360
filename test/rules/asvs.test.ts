import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { listed, root } from './source.ts'

/** How many requirements each section of OWASP ASVS 5.0.0 has, chapters V6 to V10. */
const sections: Readonly<Record<string, number>> = {
  '6.1': 3, '6.2': 12, '6.3': 8, '6.4': 6, '6.5': 8, '6.6': 4, '6.7': 2, '6.8': 4,
  '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 3, '7.6': 2,
  '8.1': 4, '8.2': 4, '8.3': 3, '8.4': 2,
  '9.1': 3, '9.2': 4,
  '10.1': 2, '10.2': 3, '10.3': 5, '10.4': 16, '10.5': 5, '10.6': 2, '10.7': 3,
}

const page = readFileSync(join(root, 'docs/security/asvs.md'), 'utf8')
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (met|gap|not applicable) \| (.+) \|$/gm)]
  .map(([, id, level, , standing, shown]) => ({ id: id!, level: Number(level), standing: standing!, shown: shown! }))

describe('the table of ASVS requirements', () => {
  it('has each of them once', () => {
    const wanted = Object.entries(sections).flatMap(([section, count]) => Array.from({ length: count }, (_, i) => `${section}.${i + 1}`))
    assert.deepEqual(rows.map(({ id }) => id), wanted)
  })

  it('names only files that are there', () => {
    const missing = rows.flatMap(({ id, shown }) => [...shown.matchAll(/`((?:src|test)\/[^`]+)`/g)].map(([, path]) => ({ id, path: path! })))
      .filter(({ path }) => !existsSync(join(root, path))).map(({ id, path }) => `${id}: ${path}`)
    assert.deepEqual(missing, [], listed(missing))
  })

  it('shows what is met by a test or a page', () => {
    const bare = rows.filter(({ standing, shown }) => standing === 'met' && !/\.test\.tsx?`|\]\(/.test(shown)).map(({ id }) => id)
    assert.deepEqual(bare, [], listed(bare))
  })

  it('counts its gaps in its first lines', () => {
    const gaps = rows.filter(({ standing }) => standing === 'gap')
    const counted = (standing: string) => rows.filter((row) => row.standing === standing).length
    const at = (most: (level: number) => boolean) => gaps.filter(({ level }) => most(level)).map(({ id }) => id).join(', ')
    const sentence = `${counted('met')} are met, ${counted('not applicable')} not applicable, ${gaps.length} are gaps: `
      + `${at((level) => level < 3)} at level 2, ${at((level) => level === 3)} at level 3.`
    assert.ok(page.includes(sentence), sentence)
  })
})
