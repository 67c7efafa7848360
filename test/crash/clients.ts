import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'

export interface Acknowledged { readonly title: string; readonly report: string; readonly reference: string; readonly phrase: string; readonly entry: string }

/** Somebody who reports one weakness after the other, and sends a report whose answer was lost again, under the same key. */
class Client {
  readonly acknowledged: Acknowledged[] = []
  #open: { title: string; key: string } | undefined

  async report(url: string, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const { title, key } = this.#open ??= { title: `crash ${randomUUID()}`, key: randomUUID() }
      const body = JSON.stringify({ title, description: 'What is wrong with it.', steps: 'Look at it.', good_faith: true })
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const answer = await fetch(`${url}/api/v1/report/submit`, { method: 'POST', headers, body, signal: until })
        .then(async (response) => ({ status: response.status, body: await response.json() })).catch(() => undefined)
      if (answer === undefined) return
      if (answer.status === 429) await pause(50)
      else if (answer.status !== 200) throw new Error(`a report was answered with ${answer.status}: ${JSON.stringify(answer.body)}`)
      else {
        this.acknowledged.push({ title, ...answer.body })
        this.#open = undefined
      }
    }
  }
}

export class Clients {
  readonly #clients: readonly Client[]
  constructor(count: number) { this.#clients = Array.from({ length: count }, () => new Client()) }
  get acknowledged(): Acknowledged[] { return this.#clients.flatMap(({ acknowledged }) => acknowledged) }
  report(url: string, until: AbortSignal): Promise<unknown> { return Promise.all(this.#clients.map((client) => client.report(url, until))) }
}
