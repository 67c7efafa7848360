import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import '../../src/app.ts'
import { kindsPage, listKinds } from '../../src/ledger/index.ts'

describe('entry kinds', () => {
  it('are all on their page, which is the generated one', () => {
    assert.equal(readFileSync(new URL('../../docs/formats/entry-kinds.md', import.meta.url), 'utf8'), kindsPage(), 'run npm run docs')
  })

  for (const { kind, about } of listKinds()) it(`say what ${kind} means`, () => assert.match(about ?? '', /^[A-Z].*\.$/))
})
