import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { classify, reasonInWords, type Signals } from './queue.ts'

const classOf = (signals: Signals) => classify(signals).queue

describe('the class of a report', () => {
  it('is plausible where it says how to see the weakness', () => {
    assert.deepEqual(classify({ standing: 'unknown', evidence: true, effort: 'waited' }), { queue: 'plausible', reasons: ['evidence'] })
  })

  it('is unproven where a stranger sends no evidence, and plausible where somebody known does', () => {
    assert.equal(classOf({ standing: 'unknown', evidence: false }), 'unproven')
    assert.equal(classOf({ standing: 'known', evidence: false }), 'plausible')
    assert.equal(classOf({ standing: 'vouched', evidence: false }), 'plausible')
  })

  it('is proven where a replay did what the report says, whoever sent it', () => {
    assert.equal(classOf({ standing: 'doubtful', evidence: true, replay: 'ok', overQuota: true }), 'proven')
    assert.equal(classOf({ standing: 'unknown', expectedResult: true }), 'proven')
    assert.equal(classOf({ standing: 'unknown', evidence: true, expectedResult: true, replay: 'failed' }), 'unproven')
  })

  it('stays suspect for a stranger without effort who names a result to expect: naming it costs nothing', () => {
    assert.equal(classOf({ standing: 'unknown', evidence: true, expectedResult: true, effort: 'none' }), 'suspect')
    assert.equal(classOf({ standing: 'unknown', evidence: true, expectedResult: true, effort: 'waited' }), 'proven')
  })

  it('is suspect for a stranger beyond a quota or without any effort, and not for somebody known', () => {
    for (const over of [{ overQuota: true }, { overNetwork: true }, { effort: 'none' }] as const) {
      assert.equal(classOf({ standing: 'unknown', evidence: true, ...over }), 'suspect')
      assert.equal(classOf({ standing: 'known', evidence: true, ...over }), 'plausible')
    }
  })

  it('lets whoever did the work past what their network sent', () => {
    assert.equal(classOf({ standing: 'unknown', evidence: true, overNetwork: true, effort: 'work' }), 'plausible')
  })

  it('asks nothing of the team and its programs', () => {
    assert.equal(classOf({ standing: 'trusted', evidence: false, overRate: true, effort: 'none' }), 'plausible')
  })

  it('names every reason in words', () => {
    const { reasons } = classify({ standing: 'doubtful', evidence: false, overQuota: true, overRate: true, overNetwork: true, effort: 'none', onlyScanner: true,
      citesNothing: true, nearDuplicate: true })
    assert.ok(reasons.length >= 8)
    assert.equal(new Set(reasons.map(reasonInWords)).size, reasons.length)
  })
})
