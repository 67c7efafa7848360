import { Worker } from 'node:worker_threads'
import { Turns } from './turns.ts'

export interface Bounds {
  /** For one task, once its thread is ready. */
  readonly timeMs: number
  /** Of the thread's heap; what lies outside of it is bounded by what it is given. */
  readonly memoryMb: number
}

/** A task was ended from outside. */
export class Ended extends Error {
  constructor(readonly why: 'time' | 'memory' | 'crash') { super(`A task was ended: ${why}.`) }
}

const startMs = 60_000

/**
 * Work on what strangers sent, on a thread of its own, one task at a time in the order in which they came. What hangs there or eats memory is
 * ended and rejected with `Ended`; nothing here waits for it longer or dies with it, and the next task gets a new thread.
 */
export class Isolated<Task, Answer> {
  #thread: Worker | undefined
  readonly #turns = new Turns()

  /** `file` calls `answerTasks`. */
  constructor(readonly file: URL, readonly bounds: Bounds) {}

  ask(task: Task): Promise<Answer> { return this.#turns.take(() => this.#perform(task)) }

  async #perform(task: Task): Promise<Answer> {
    const thread = this.#thread ??= await this.#start()
    thread.ref()
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there is no origin
    thread.postMessage(task)
    const answer = await within(thread, this.bounds.timeMs)
    thread.unref()
    return answer as Answer
  }

  async #start(): Promise<Worker> {
    const thread = new Worker(this.file, {
      execArgv: ['--import', new URL('../../bin/loader.mjs', import.meta.url).href], resourceLimits: { maxOldGenerationSizeMb: this.bounds.memoryMb },
    })
    // Also where it ends between two tasks.
    thread.on('error', () => {}).on('exit', () => { if (this.#thread === thread) this.#thread = undefined })
    await within(thread, startMs)
    return thread
  }
}

/** The thread's next message. One that sends none in time is ended, whatever it does. */
function within(thread: Worker, timeMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => {
      clearTimeout(late)
      thread.off('message', answered).off('error', failed).off('exit', crashed)
      settle()
    }
    const end = (why: Ended['why']) => done(() => { void thread.terminate().then(() => reject(new Ended(why))) })
    const answered = (answer: unknown) => done(() => resolve(answer))
    const failed = ({ code }: Error & { code?: string }) => end(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash')
    const crashed = () => end('crash')
    const late = setTimeout(() => end('time'), timeMs)
    thread.on('message', answered).on('error', failed).on('exit', crashed)
  })
}
