import assert from 'node:assert/strict'
import { dirname, join, normalize } from 'node:path'
import { describe, it } from 'node:test'
import { listed, sources } from './source.ts'

/** Who may import whom: a folder imports its own rank and those below. docs/architecture.md says the same in words. */
const ranks: Record<string, number> = {
  lib: 0,
  config: 1, db: 1, seal: 1,
  access: 2, commitments: 2, jobs: 2, ledger: 2, mail: 2, ui: 2, verbs: 2, web: 2,
  domain: 3,
  ops: 4, 'app.ts': 4,
  'background.ts': 5,
  'main.ts': 5,
  'cli.ts': 6, 'command-line': 6, 'commands.ts': 6,
}

/** Types that a lower layer may name, because a contract between the layers is written in them. */
const contracts = ['src/access/actor.ts', 'src/access/roles.ts', 'src/seal/keyring.ts']

interface Import { readonly from: string; readonly to: string; readonly types: boolean }

const pattern = /^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

const imports: Import[] = sources('src/**/*.{ts,tsx}', 'packages/*/src/**/*.ts').flatMap(({ path, text }) =>
  [...text.matchAll(pattern)].map((match) => ({ from: path, to: resolved(path, (match[2] ?? match[3])!), types: match[1] !== undefined })))

const production = imports.filter(({ from }) => !from.includes('.test.'))

function resolved(from: string, to: string): string {
  return to.startsWith('.') ? normalize(join(dirname(from), to)) : to
}

const rankOf = (path: string) => {
  const rank = ranks[path.split('/')[1]!]
  assert.notEqual(rank, undefined, `${path} lies in no known layer`)
  return rank!
}
const inSrc = (path: string) => path.startsWith('src/') && !path.startsWith('src/client/')
const domainOf = (path: string) => /^src\/domain\/([^/]+)\//.exec(path)?.[1]
const shown = ({ from, to }: Import) => `${from} imports ${to}`

describe('imports', () => {
  it('are found at all', () => assert.ok(production.length > 100))

  it('go down the layers, never up', () => {
    const up = production.filter(({ from, to, types }) =>
      inSrc(from) && inSrc(to) && rankOf(to) > rankOf(from) && !(types && contracts.includes(to)))
    assert.deepEqual(up.map(shown), [], listed(up.map(shown)))
  })

  it('reach another part of the domain only through its face', () => {
    const through = production.filter(({ from, to }) =>
      domainOf(to) !== undefined && domainOf(to) !== domainOf(from) && !to.endsWith(`/${domainOf(to)}/index.ts`))
    assert.deepEqual(through.map(shown), [], listed(through.map(shown)))
  })

  it('never go in a circle between folders of one layer', () => {
    const circles = circlesIn(production.filter(({ from, to, types }) => inSrc(from) && inSrc(to) && !types))
    assert.deepEqual(circles, [], listed(circles))
  })

  it('leave the verifier alone: it needs nothing but itself and the platform', () => {
    const foreign = production.filter(({ from, to }) => from.startsWith('packages/verify/') && !to.startsWith('packages/verify/') && !/^(node:|#)/.test(to))
    assert.deepEqual(foreign.map(shown), [], listed(foreign.map(shown)))
  })

  it('bring nothing of the server into the browser', () => {
    const foreign = production.filter(({ from, to }) => from.startsWith('src/client/') && !to.startsWith('src/client/')
      && !/^(altcha-lib|avow-verify|htmx\.org)/.test(to))
    assert.deepEqual(foreign.map(shown), [], listed(foreign.map(shown)))
  })

  it('never bring a test or its support into what is shipped', () => {
    const wrong = production.filter(({ from, to }) => inSrc(from) && (to.startsWith('test/') || to.includes('.test.')))
    assert.deepEqual(wrong.map(shown), [], listed(wrong.map(shown)))
  })
})

/** Folders of one rank, or parts of the domain, that import each other: `ledger ↔ mail`. A file that imports nothing of ours closes no circle. */
function circlesIn(edges: Import[]): string[] {
  const importing = new Set(edges.map(({ from }) => from))
  const nodeOf = (path: string) => domainOf(path) ? `domain/${domainOf(path)}` : path.split('/')[1]!
  const reach = new Map<string, Set<string>>()
  for (const { from, to } of edges.filter((edge) => importing.has(edge.to))) {
    const [a, b] = [nodeOf(from), nodeOf(to)]
    if (a !== b) reach.set(a, (reach.get(a) ?? new Set()).add(b))
  }
  const reaches = (a: string, b: string, seen = new Set<string>()): boolean =>
    [...reach.get(a) ?? []].some((next) => next === b || (!seen.has(next) && reaches(next, b, seen.add(next))))
  const nodes = [...reach.keys()].sort()
  return nodes.flatMap((a) => nodes.filter((b) => a < b && reaches(a, b) && reaches(b, a)).map((b) => `${a} ↔ ${b}`))
}
