import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Streams } from './streams.ts'

const configured = (facts: Record<string, unknown>) => ({ kind: 'stream.configured', facts })

describe('streams', () => {
  it('are sealed until the log says otherwise, and what was recorded stays under the choice of its time', () => {
    const streams = new Streams()
    assert.deepEqual(streams.follow({ stream: 'a', at: 1 }), { opens: 'sealed', opensAt: Infinity })
    streams.follow({ stream: 'ledger', at: 2 }, configured({ stream: 'a', opens: 'at-once', delay_days: 0 }))
    assert.deepEqual(streams.follow({ stream: 'a', at: 3 }), { opens: 'at-once', opensAt: 3 })
    assert.deepEqual([streams.openFrom('a'), streams.openFrom('b')], [Infinity, -Infinity])
  })

  it('are open when the last of their entries is', () => {
    const streams = new Streams()
    for (const days of [9, 1]) {
      streams.follow({ stream: 'ledger', at: 0 }, configured({ stream: 'a', opens: 'delayed', delay_days: days }))
      streams.follow({ stream: 'a', at: days })
    }
    assert.equal(streams.openFrom('a'), 9 + 9 * 86_400_000)
  })

  it('are configured in the stream “ledger” alone, which is always open', () => {
    const streams = new Streams()
    streams.follow({ stream: 'a', at: 0 }, configured({ stream: 'a', opens: 'at-once', delay_days: 0, kinds: ['x.y'] }))
    streams.follow({ stream: 'ledger', at: 0 }, configured({ stream: 'ledger', opens: 'sealed', delay_days: 0, kinds: ['log.key-changed'] }))
    assert.equal(streams.follow({ stream: 'a', at: 1 }).opens, 'sealed')
    assert.equal(streams.follow({ stream: 'ledger', at: 1 }).opens, 'at-once')
    assert.deepEqual([streams.streamsOf('x.y'), streams.streamsOf('log.key-changed')], [[], ['ledger']])
  })
})
