import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from 'graphile-worker'
import { sql } from 'kysely'
import { world } from '../../test/support/world.ts'
import { migrateJobs } from './migrate-jobs.ts'

test('it lets the running role queue and run jobs, and can be run again', async () => {
  const w = await world()
  await migrateJobs(w.url('avow_owner'))
  const done = Promise.withResolvers<void>()
  let payload: unknown
  const runner = await run({ connectionString: w.url('avow_app'), noHandleSignals: true, taskList: { greet: async (given) => { payload = given } } })
  runner.events.on('job:complete', () => done.resolve())
  await w.write((tx) => sql`select graphile_worker.add_job('greet', '{"n": 1}'::json)`.execute(tx.db))
  await done.promise
  assert.deepEqual(payload, { n: 1 })
  await runner.stop()
  await w.close()
})
