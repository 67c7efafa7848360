import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { listed, sources } from './source.ts'

const code = sources('src/**/*.{ts,tsx,css}', 'packages/*/src/**/*.ts', 'test/**/*.{ts,tsx}', 'bin/*')

describe('files', () => {
  it('have at most 250 lines', () => {
    const long = code.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter(({ lines }) => lines > 250)
      .map(({ path, lines }) => `${path}: ${lines} lines`)
    assert.deepEqual(long, [], listed(long))
  })

  it('have lines of at most 160 characters', () => {
    const wide = code.filter(({ path }) => !path.endsWith('.css')).flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, i) => line.length > 160 ? [`${path}:${i + 1}: ${line.length} characters`] : []))
    assert.deepEqual(wide, [], listed(wide))
  })

  it('are named in kebab-case', () => {
    const odd = code.map(({ path }) => path).filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d))?(\.[a-z]+)?$/.test(path.split('/').at(-1)!))
    assert.deepEqual(odd, [], listed(odd))
  })

  it('are not named after nothing in particular', () => {
    const empty = code.map(({ path }) => path).filter((path) => /(^|[/-])(utils?|helpers?|services?|managers?|common|base|misc)([./-]|$)/.test(path))
    assert.deepEqual(empty, [], listed(empty))
  })

  it('export by name', () => {
    const unnamed = code.filter(({ path, text }) => path.endsWith('.ts') && /^export default/m.test(text)).map(({ path }) => path)
    assert.deepEqual(unnamed, [], listed(unnamed))
  })
})

describe('handlers', () => {
  it('have at most 25 lines', () => {
    const long = sources('src/{web,domain}/**/*.{ts,tsx}').filter(({ path }) => !path.includes('.test.')).flatMap(({ path, text }) =>
      handlers(text).filter(({ lines }) => lines > 25).map(({ at, lines }) => `${path}:${at}: ${lines} lines`))
    assert.deepEqual(long, [], listed(long))
  })
})

/** Calls of `web.get`, `web.post` and `web.form`, each to the line on which its parenthesis closes. */
function handlers(text: string): { at: number; lines: number }[] {
  return [...text.matchAll(/\bweb\.(get|post|form)\(/g)].map((match) => {
    const start = match.index
    let depth = 0
    let end = start
    for (let i = start + match[0].length - 1; i < text.length; i++) {
      if (text[i] === '(') depth++
      if (text[i] === ')' && --depth === 0) { end = i; break }
    }
    const line = (index: number) => text.slice(0, index).split('\n').length
    return { at: line(start), lines: line(end) - line(start) + 1 }
  })
}
