import { BackupProblem } from './sealed-file.ts'

/** Reads what `writeBackup` wrote: lines of JSON, and the rows of a table up to the line `\.`. */
export class Sections {
  readonly #source: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) { this.#source = source[Symbol.asyncIterator]() }

  async line<T>(): Promise<T> {
    for (;;) {
      const end = this.#held.indexOf(10)
      if (end >= 0) {
        const text = this.#held.toString('utf8', 0, end)
        this.#held = this.#held.subarray(end + 1)
        return JSON.parse(text) as T
      }
      if (!await this.#more()) throw new BackupProblem('The backup ends in the middle.')
    }
  }

  /** Whole rows, as they come. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.#endOfRows()
      if (end >= 0) {
        const rows = this.#held.subarray(0, end)
        this.#held = this.#held.subarray(end + 3)
        if (rows.length > 0) yield rows
        return
      }
      // The last line may be the beginning of the end; it waits for more.
      const whole = this.#held.lastIndexOf(10) + 1
      if (whole > 0) {
        yield this.#held.subarray(0, whole)
        this.#held = this.#held.subarray(whole)
      }
      if (!await this.#more()) throw new BackupProblem('The backup ends in the middle.')
    }
  }

  #endOfRows(): number {
    if (this.#held.subarray(0, 3).equals(endOfRows)) return 0
    const at = this.#held.indexOf('\n\\.\n')
    return at < 0 ? -1 : at + 1
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (!done) this.#held = this.#held.length > 0 ? Buffer.concat([this.#held, value]) : value
    return !done
  }
}

const endOfRows = Buffer.from('\\.\n')
