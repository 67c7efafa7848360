import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { hex } from './bytes.ts'
import { chooseSample, sampleSeed } from './sample.ts'

describe('a sample’s choice', () => {
  it('is what docs/formats/samples.md says, byte for byte', () => {
    const page = readFileSync(new URL('../../../../docs/formats/samples.md', import.meta.url), 'utf8')
    const seed = sampleSeed(new Uint8Array(32), 'geese')
    const chosen = chooseSample(['a', 'b', 'c', 'd'], 2, seed).map((id) => `\`${id}\``).join(', ')
    assert.ok(page.includes(`the words \`geese\` the seed is \`${hex(seed)}\`; of the ids \`a\`, \`b\`, \`c\`, \`d\` a sample of two is ${chosen}.`),
      `${hex(seed)} ${chosen}`)
  })

  it('does not depend on the order of the population, and takes all where there are not more', () => {
    const seed = sampleSeed(new Uint8Array(32).fill(7), '')
    assert.deepEqual(chooseSample(['a', 'b', 'c', 'd', 'e'], 3, seed), chooseSample(['e', 'c', 'a', 'd', 'b'], 3, seed))
    assert.equal(chooseSample(['a', 'b'], 25, seed).length, 2)
  })
})
