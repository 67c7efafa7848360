import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseCheckpoint } from 'avow-verify'
import { z } from 'zod'
import { world, type World } from '../../test/support/world.ts'
import { append } from './append.ts'
import { readEvents } from './events.ts'
import { defineKind } from './kinds.ts'
import { readVerifiedState, sequenceAll } from './sequence.ts'
import { newestCheckpoint } from './storage.ts'

const received = defineKind({
  kind: 'test.received', stream: 'disclosure', subjects: ['report'], marks: z.object({ by: z.enum(['human', 'machine']) }),
  facts: z.object({ text: z.string() }), vouch: 'both',
})

describe('the sequencer', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  it('gives entries their place in the order in which they were written, with one time that never decreases', async () => {
    const report = crypto.randomUUID()
    for (const by of ['human', 'machine'] as const) {
      await w.write((tx) => append(tx, received, { subjects: { report }, marks: { by }, facts: { text: 'x' } }))
    }
    await sequenceAll(w.database, w.organization.id)
    const events = (await w.read((tx) => readEvents(tx, 0, 100))).filter(({ kind }) => kind === 'test.received')
    assert.deepEqual(events.map(({ marks }) => marks), [{ by: 'human', vouch: 'both' }, { by: 'machine', vouch: 'both' }])
    assert.equal(events[0]!.cases.report, events[1]!.cases.report)
    assert.equal(events[0]!.at, w.clock.now().epochMilliseconds)
  })

  it('signs a state whose root follows from what is stored, through hundreds of entries', async () => {
    for (const count of [1, 2, 250, 300, 3]) {
      await w.write(async (tx) => {
        for (let i = 0; i < count; i++) await append(tx, received, { subjects: { report: tx.newId() }, marks: { by: 'human' }, facts: { text: String(i) } })
      })
      await sequenceAll(w.database, w.organization.id)
      await w.read(readVerifiedState)
    }
    const head = await w.read(newestCheckpoint)
    assert.equal(parseCheckpoint(head!.note).size, head!.size)
  })
})
