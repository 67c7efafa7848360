import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { httpSource, Unreachable } from './source.ts'

describe('a source', () => {
  const after = (failures: number, answer = () => new Response('x')) => {
    let asked = 0
    const source = httpSource('https://log.example', async () => {
      if (++asked <= failures) throw new TypeError('other side closed')
      return answer()
    })
    return { get: () => source.get('log/checkpoint'), asked: () => asked }
  }

  it('asks again where a connection breaks, three times in all', async () => {
    assert.deepEqual(await after(2).get(), new Uint8Array([120]))
    await assert.rejects(after(3).get(), Unreachable)
  })

  it('takes an answer for an answer', async () => {
    const [missing, failing] = [after(0, () => new Response('', { status: 404 })), after(0, () => new Response('', { status: 500 }))]
    assert.equal(await missing.get(), undefined)
    await assert.rejects(failing.get(), Unreachable)
    assert.deepEqual([missing.asked(), failing.asked()], [1, 1])
  })
})
