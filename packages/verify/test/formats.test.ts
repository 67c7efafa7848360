import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { logInWords, printVkey, verifyLog } from '../src/index.ts'
import { formatExamples } from './format-examples.ts'
import { sampleOrganization, witness } from './sample-organization.ts'

const page = (name: string): string => readFileSync(new URL(`../../../docs/formats/${name}.md`, import.meta.url), 'utf8')
const sources = readdirSync(new URL('../src/verify/', import.meta.url)).filter((name) => !name.endsWith('.test.ts'))
const code = sources.map((name) => readFileSync(new URL(`../src/verify/${name}`, import.meta.url), 'utf8')).join('\n')

const pages = await formatExamples()

describe('docs/formats', () => {
  for (const [name, examples] of Object.entries(pages)) {
    it(`opens ${name}.md with examples that the code makes`, () => {
      const opening = page(name).split('\n## ', 1)[0]!
      for (const example of examples) assert.ok(opening.includes(`\`\`\`\n${example}\`\`\`\n`), `not in ${name}.md:\n${example}`)
    })
  }

  it('names every fault that the verifier can find', () => {
    const faults = [...code.matchAll(/(?:fault|check)\('([a-z_]+)'/g)].map(([, fault]) => fault!)
    assert.ok(faults.length > 15)
    const all = page('ledger') + page('receipt') + page('duplicates') + page('redaction') + page('samples')
    for (const fault of faults.filter((name) => !name.startsWith('malformed_'))) assert.ok(all.includes(`\`${fault}\``),
      `${fault} is not in the documentation`)
  })
})

describe('docs/guides/verify.md', () => {
  it('shows what the command prints', async () => {
    const log = await sampleOrganization()
    const keys = { keys: [printVkey(log.signer.key)], witnesses: [printVkey(witness.key)] }
    const result = await verifyLog({ url: 'https://log.example', fetch: log.fetch, now: Date.parse('2026-01-20T12:30:00Z'), ...keys })
    const guide = readFileSync(new URL('../../../docs/guides/verify.md', import.meta.url), 'utf8')
    assert.ok(guide.includes(`\n${logInWords(result)}\`\`\`\n`), logInWords(result))
  })
})
