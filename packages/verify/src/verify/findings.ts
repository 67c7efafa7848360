/** What the verifier has to tell: a fault means that something promised does not hold, a note that something cannot be known. Codes are stable. */
export interface Finding {
  readonly code: string
  readonly message: string
}

/** What was found so far. Checks go on after a fault wherever they still can. */
export class Findings {
  readonly faults: Finding[] = []
  readonly notes: Finding[] = []

  fault(code: string, message: string): void {
    this.faults.push({ code, message })
  }

  note(code: string, message: string): void {
    this.notes.push({ code, message })
  }

  /** Runs one check. What makes it throw is a fault under its code or the error's own; the answer is then undefined. */
  async check<T>(code: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run()
    } catch (error) {
      const own = (error as { code?: unknown }).code
      this.fault(typeof own === 'string' && own.startsWith('malformed_') ? own : code, error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
}
