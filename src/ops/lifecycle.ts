import type { Log } from '../lib/log.ts'

/** What was started, to be stopped in the opposite order; each step even when the one before it failed. */
export class Lifecycle {
  readonly #log: Log
  readonly #steps: { name: string; stop: () => Promise<unknown> }[] = []
  #stopping: Promise<void> | undefined

  constructor(log: Log) { this.#log = log }

  started(name: string, stop: () => Promise<unknown>): void { this.#steps.push({ name, stop }) }

  /** Can be called many times; it happens once. */
  stop(): Promise<void> { return this.#stopping ??= this.#stopAll() }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#steps.reverse()) {
      try {
        await stop()
        this.#log.info({ part: name }, 'stopped')
      } catch (error) { this.#log.error({ part: name, error }, 'did not stop cleanly') }
    }
  }
}
