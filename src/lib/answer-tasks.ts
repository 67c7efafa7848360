import { parentPort } from 'node:worker_threads'

/** The other end of `Isolated`: says that the thread is ready, and answers each task. What it throws ends the thread. */
export function answerTasks<Task, Answer>(perform: (task: Task) => Promise<Answer>): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there is no origin
  parentPort!.on('message', async (task: Task) => parentPort!.postMessage(await perform(task)))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort!.postMessage('ready')
}
