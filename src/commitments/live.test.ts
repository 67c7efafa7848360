import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEngine, fold } from 'avow-verify'
import fc from 'fast-check'
import { z } from 'zod'
import { world, type World } from '../../test/support/world.ts'
import { append, configureStream, defineKind, readEvents, sequenceAll } from '../ledger/index.ts'
import { calendarSet, sourceConnected } from './kinds.ts'
import { dutiesAbout, listDuties, listStandings, publicStandings, standings } from './standings.ts'

const none = z.object({})
const severity = z.enum(['high', 'low'])
const result = z.enum(['passed', 'failed'])
const opened = defineKind({ kind: 'matter.opened', stream: 'disclosure', subjects: ['matter'], marks: z.object({ severity }), facts: none, vouch: 'both' })
const settled = defineKind({ kind: 'matter.settled', stream: 'disclosure', subjects: ['matter'], marks: none, facts: none, vouch: 'both' })
const looked = defineKind({
  kind: 'check.matters', stream: 'systems', subjects: ['system'], marks: z.object({ result }), facts: none, vouch: 'machine', open: true,
})
const published = defineKind({
  kind: 'policy.published', stream: 'policies', subjects: ['policy'], marks: z.object({}), vouch: 'company', open: true,
  facts: z.object({ policy: z.string(), version: z.number(), commitments: z.array(z.record(z.string(), z.string())) }),
})

const rules = {
  settle: 'Every `matter.opened` is followed by `matter.settled` within 3 days.',
  'settle-high': 'Every `matter.opened` where severity is high is followed by `matter.settled` within 1 day.',
  look: '`check.matters` always passes, checked at least every week.',
}

let w: World
before(async () => { w = await world() })
after(() => w.close())

const deeds = {
  open: (id: string, severity: 'high' | 'low') => w.write((tx) => append(tx, opened, { subjects: { matter: id }, marks: { severity }, facts: {} })),
  settle: (id: string) => w.write((tx) => append(tx, settled, { subjects: { matter: id }, marks: {}, facts: {} })),
  look: (result: 'passed' | 'failed') => w.write((tx) => append(tx, looked, { subjects: { system: 'avow' }, marks: { result }, facts: {} })),
}

async function publish(version: number, more: Record<string, string> = {}) {
  const commitments = Object.entries({ ...rules, ...more }).map(([mark, rule]) => ({ mark, sentence: `We ${mark}.`, rule, publication: 'public' }))
  await w.write((tx) => append(tx, published, { subjects: { policy: 'p' }, marks: {}, facts: { policy: 'p', version, commitments } }))
  await sequence()
}

const sequence = () => sequenceAll(w.database, w.organization.id)

/** A second later, so that the moment before which nothing can come has passed. */
const look = async () => {
  w.clock.advance({ seconds: 1 })
  return standings(w.database, w.organization.id)
}
const standingOf = async (mark: string) => (await look()).standings.find((one) => one.mark === mark)!

async function replayed(asOf: number) {
  const engine = createEngine()
  await fold(engine, (from, limit) => w.read((tx) => readEvents(tx, from, limit)))
  engine.advance(asOf)
  return JSON.parse(JSON.stringify(engine.standings()))
}

describe('live standings', () => {
  before(async () => {
    await w.write(async (tx) => {
      const calendar = { zone: 'Europe/Lisbon', workdays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] }
      await append(tx, calendarSet, { subjects: { calendar: 'organization' }, marks: {}, facts: calendar })
      const kinds = ['matter.opened', 'matter.settled', 'check.matters']
      await append(tx, sourceConnected, { subjects: { source: 'avow' }, marks: {}, facts: { source: 'avow', kinds, vouch: 'machine' } })
    })
    await publish(1)
  })

  it('follow what is recorded, and the clock', async () => {
    assert.equal((await standingOf('settle')).standing, 'idle')
    await deeds.open('m1', 'high')
    await sequence()
    assert.equal((await standingOf('settle')).standing, 'due')
    w.clock.advance({ days: 1 })
    assert.equal((await standingOf('settle-high')).standing, 'broken')
    await deeds.settle('m1')
    await sequence()
    const { standing, record } = await standingOf('settle')
    assert.deepEqual([standing, record.in_time, record.total], ['kept', 1, 1])
    const { median_ms: _, ...high } = (await standingOf('settle-high')).record
    assert.deepEqual(high, { total: 1, in_time: 0, missed: 1, open: 0 })
  })

  it('let no deadline fall while an entry waits for its place', async () => {
    await deeds.open('m2', 'low')
    await sequence()
    w.clock.advance({ days: 3 })
    await deeds.settle('m2')
    w.clock.advance({ days: 1 })
    assert.equal((await standingOf('settle')).standing, 'due')
    await sequence()
    // Placed a day late: only the recorded time decides.
    assert.deepEqual((await standingOf('settle')).record.missed, 1)
  })

  it('tell what is owed to one subject', async () => {
    await deeds.open('m3', 'low')
    await sequence()
    await look()
    const [duty, ...others] = await w.read((tx) => dutiesAbout(tx, { matter: 'm3' }))
    assert.deepEqual([duty?.what, duty?.sentence, duty?.late, others.length], ['Record: matter settled', 'We settle.', false, 0])
    assert.deepEqual(await w.read((tx) => dutiesAbout(tx, { matter: 'm1' })), [])
    assert.equal((await w.as('member').ask(listDuties, {})).duties.length, 1)
    await assert.rejects(w.as('nobody').ask(listDuties, {}))
  })

  it('show the public no single case that it cannot open yet', async () => {
    await w.write((tx) => configureStream(tx, 'disclosure', { opens: 'delayed', delayDays: 90 }))
    await deeds.open('m4', 'high')
    await sequence()
    const { commitments } = await w.as('nobody').ask(listStandings, {})
    const shown = commitments.find(({ mark }) => mark === 'settle-high')!
    assert.equal('provable' in shown && shown.provable, 'later')
    assert.deepEqual([shown.standing, shown.due_at, shown.record.open, shown.evidence], ['kept', undefined, 0, []])
    assert.equal((await standingOf('settle-high')).standing, 'due')
    await deeds.settle('m4')
    await deeds.settle('m3')
    await sequence()
  })

  it('keep private commitments from everybody but the team', async () => {
    const commitments = [{ mark: 'inner', sentence: 'We look.', rule: rules.look, publication: 'private' }]
    await w.write((tx) => append(tx, published, { subjects: { policy: 'q' }, marks: {}, facts: { policy: 'q', version: 1, commitments } }))
    await sequence()
    assert.ok((await standingOf('inner')))
    assert.equal((await publicStandings(w.database, w.organization.id)).standings.some(({ mark }) => mark === 'inner'), false)
  })

  it('equal a replay of the whole ledger, whatever happens', async () => {
    let version = 1
    const act = fc.oneof(
      fc.record({ what: fc.constant('open' as const), id: fc.nat(5), severity: fc.constantFrom('high' as const, 'low' as const) }),
      fc.record({ what: fc.constant('settle' as const), id: fc.nat(5) }),
      fc.record({ what: fc.constant('look' as const), result: fc.constantFrom('passed' as const, 'failed' as const) }),
      fc.record({ what: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ what: fc.constant('publish' as const), days: fc.integer({ min: 1, max: 9 }) }),
    )
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 10 }), async (acts) => {
      for (const one of acts) {
        if (one.what === 'open') await deeds.open(`r${one.id}`, one.severity)
        if (one.what === 'settle') await deeds.settle(`r${one.id}`)
        if (one.what === 'look') await deeds.look(one.result)
        if (one.what === 'wait') w.clock.advance({ hours: one.hours })
        if (one.what === 'publish') await publish(++version, { settle: `Every \`matter.opened\` is followed by \`matter.settled\` within ${one.days} days.` })
        await sequence()
        const { asOf, standings: live } = await look()
        assert.deepEqual(JSON.parse(JSON.stringify(live)), await replayed(asOf))
      }
    }), { numRuns: 4 })
  })
})
