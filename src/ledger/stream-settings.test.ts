import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { world, type World } from '../../test/support/world.ts'
import { readEvents } from './events.ts'
import { defineKind } from './kinds.ts'
import { sequenceAll } from './sequence.ts'
import { configureStream, declareKinds } from './stream-settings.ts'

const nothing = z.object({})

describe('a log', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const declared = async () => {
    await sequenceAll(w.database, w.organization.id)
    return (await w.read((tx) => readEvents(tx, 0, 1000))).filter(({ kind }) => kind === 'stream.configured').map(({ facts }) => facts!)
  }

  it('says from its first entries on which kinds are filed where', async () => {
    const facts = await declared()
    assert.equal(facts.length, 7)
    assert.ok((facts.find(({ stream }) => stream === 'ledger')!.kinds as string[]).includes('stream.configured'))
  })

  it('says it again when that has changed, once, and leaves what the organisation chose', async () => {
    await w.write((tx) => configureStream(tx, 'practices', { opens: 'delayed', delayDays: 9 }))
    defineKind({ kind: 'test.practised', stream: 'practices', subjects: [], marks: nothing, facts: nothing, vouch: 'company' })
    // The first has no place in the log yet when the second looks.
    await w.write(declareKinds)
    await w.write(declareKinds)
    const [, , newest] = (await declared()).filter(({ stream }) => stream === 'practices')
    assert.deepEqual(newest, { stream: 'practices', opens: 'delayed', delay_days: 9, kinds: ['test.practised'] })
    assert.equal((await declared()).length, 9)
  })
})
