export type Sent = { readonly passed: boolean | null } | { readonly problem: string }

/** Sends what a part says, one report after another; of several that wait only the last is sent, since each holds everything. */
export class Reports {
  #at = 0
  #sending: Promise<void> = Promise.resolve()
  #next: { values: Record<string, string>; over: boolean } | null = null

  constructor(readonly address: string, readonly part: string, readonly told: (sent: Sent) => void) {}

  send(values: Record<string, string>, over: boolean): void {
    const waits = this.#next !== null
    this.#next = { values, over: over || (this.#next?.over ?? false) }
    if (!waits) this.#sending = this.#sending.then(() => this.#sendNext())
  }

  /** The page is about to go: the browser sends this on its own. */
  sendLast(values: Record<string, string>, over: boolean): void {
    void fetch(this.address, { method: 'POST', body: this.#body({ values, over }), keepalive: true }).catch(() => {})
  }

  /** When nothing waits any more. */
  settled(): Promise<void> { return this.#sending }

  async #sendNext(): Promise<void> {
    const next = this.#next!
    this.#next = null
    try {
      const response = await fetch(this.address, { method: 'POST', body: this.#body(next) })
      this.told(response.ok ? await response.json() as Sent : { problem: 'Not saved: this visit has run out. Leave, and open the course once more.' })
    } catch {
      this.told({ problem: 'Not saved: the connection is gone. What you do is kept as soon as it is back and the course saves again.' })
    }
  }

  #body(report: object): string {
    this.#at = Math.max(this.#at + 1, Date.now())
    return JSON.stringify({ part: this.part, at: this.#at, ...report })
  }
}
