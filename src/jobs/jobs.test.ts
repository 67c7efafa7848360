import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { z } from 'zod'
import { world } from '../../test/support/world.ts'
import { deploymentJob, enqueue, job, startWorker, type Job } from './index.ts'

const w = await world()
after(() => w.close())

/** Runs a worker until `enough`, then stops it. */
async function working(jobs: Job[], enough: () => boolean, onFailure = (_job: string, _error: Error) => {}) {
  const worker = await startWorker(w.database, jobs, { pollMs: 100, onFailure })
  for (const end = Date.now() + 20_000; !enough() && Date.now() < end;) await pause(10)
  await worker.stop()
}

const payload = z.object({ number: z.int() })
const queued = async () => (await sql<{ count: number }>`select count(*)::int as count from graphile_worker.jobs`.execute(w.database.global)).rows[0]!.count

test('it runs what a committed transaction queued, for its organisation, as the system', async () => {
  const ran: unknown[] = []
  const note = job({ name: 'test.note', payload, async run({ organizationId, actor }, { number }) { ran.push({ organizationId, actor, number }) } })
  await w.write((tx) => enqueue(tx, 'test.note', { number: 7 }))
  await w.database.write(w.other.id, (tx) => enqueue(tx, 'test.note', { number: 8 }))
  await working([note], () => ran.length === 2)
  const actor = { kind: 'system', job: 'test.note' }
  assert.deepEqual(new Set(ran), new Set([{ organizationId: w.organization.id, actor, number: 7 }, { organizationId: w.other.id, actor, number: 8 }]))
  assert.equal(await queued(), 0)
})

test('it queues nothing when the transaction fails', async () => {
  await assert.rejects(w.write(async (tx) => { await enqueue(tx, 'test.note', { number: 1 }); throw new Error('changed my mind') }))
  assert.equal(await queued(), 0)
})

test('it keeps the last of several waiting jobs with one key, and does not mix organisations', async () => {
  const ran: number[] = []
  const note = job({ name: 'test.keyed', payload, async run(_, { number }) { ran.push(number) } })
  for (const number of [1, 2, 3]) await w.write((tx) => enqueue(tx, 'test.keyed', { number }, { key: 'same' }))
  await w.database.write(w.other.id, (tx) => enqueue(tx, 'test.keyed', { number: 4 }, { key: 'same' }))
  await working([note], () => ran.length === 2)
  assert.deepEqual(ran.toSorted(), [3, 4])
})

test('it waits until the time it was told', async () => {
  const ran: number[] = []
  const note = job({ name: 'test.later', payload, async run(_, { number }) { ran.push(number) } })
  await w.write((tx) => enqueue(tx, 'test.later', { number: 2 }, { runAt: Temporal.Now.instant().add({ hours: 1 }), key: 'later' }))
  await w.write((tx) => enqueue(tx, 'test.later', { number: 1 }))
  await working([note], () => ran.length === 1)
  assert.deepEqual(ran, [1])
  assert.equal(await queued(), 1)
})

test('it tells of a failure and tries again', async () => {
  const failures: string[] = []
  let tries = 0
  const flaky = job({ name: 'test.flaky', payload, async run() { if (++tries === 1) throw new Error('not yet') } })
  await w.write((tx) => enqueue(tx, 'test.flaky', { number: 1 }))
  await working([flaky], () => tries === 2, (name, error) => failures.push(`${name}: ${error.message}`))
  assert.deepEqual(failures, ['test.flaky: not yet'])
})

test('it refuses a payload of another form', async () => {
  const failures: string[] = []
  const strict = job({ name: 'test.strict', payload, async run() { assert.fail('it ran') } })
  await w.write((tx) => enqueue(tx, 'test.strict', { number: 'seven' }))
  await working([strict], () => failures.length === 1, (name) => failures.push(name))
  assert.deepEqual(failures, ['test.strict'])
})

test('it turns one call of the clock into one job for each organisation, and keeps housekeeping whole', async () => {
  const ran: string[] = []
  const nightly = job({ name: 'test.nightly', payload: z.object({}), every: '0 3 * * *', async run({ organizationId }) { ran.push(organizationId) } })
  const whole = deploymentJob({ name: 'test.whole', payload: z.object({}), every: '0 4 * * *', async run() { ran.push('all') } })
  const fromClock = '{"_cron":{"ts":"2026-01-01T03:00:00Z"}}'
  for (const { name } of [nightly, whole]) await sql`select graphile_worker.add_job(${name}, ${fromClock}::json)`.execute(w.database.global)
  await working([nightly, whole], () => ran.length === 3)
  assert.deepEqual(new Set(ran), new Set([w.organization.id, w.other.id, 'all']))
})

test('it lets a running job end when it stops', async () => {
  let ended = false
  let begun = false
  const slow = job({ name: 'test.slow', payload, async run() { begun = true; await pause(300); ended = true } })
  await w.write((tx) => enqueue(tx, 'test.slow', { number: 1 }))
  await working([slow], () => begun)
  assert.ok(ended)
})
