import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ended, Isolated } from './isolated.ts'

const thread = new URL(`data:text/javascript,${encodeURIComponent(`
import { answerTasks } from '${new URL('./answer-tasks.ts', import.meta.url)}'
answerTasks(async (task) => {
  if (task === 'hang') for (;;);
  if (task === 'eat') for (const all = [];;) all.push([Math.random()])
  if (task === 'throw') throw new Error('never')
  if (task === 'exit') process.exit(1)
  return task + ' is done'
})`)}`)

const ended = (why: Ended['why']) => (error: unknown) => error instanceof Ended && error.why === why

test('what hangs, eats memory, throws or ends its thread is ended, and the next task is done', async () => {
  const isolated = new Isolated<string, string>(thread, { timeMs: 5000, memoryMb: 32 })
  const asked = ['one', 'hang', 'two', 'eat', 'three', 'throw', 'exit', 'four'].map((task) => isolated.ask(task).then(String, (error: Ended) => error.why))
  assert.deepEqual(await Promise.all(asked), ['one is done', 'time', 'two is done', 'memory', 'three is done', 'crash', 'crash', 'four is done'])
  await assert.rejects(new Isolated(thread, { timeMs: 10, memoryMb: 32 }).ask('hang'), ended('time'))
})
