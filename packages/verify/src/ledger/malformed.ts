/** Bytes that are not of the form they claim. `code` is stable: `malformed_note`, `malformed_leaf` …; the message says what is wrong with them. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
  readonly code: `malformed_${string}`

  constructor(what: string, reason: string) {
    super(`malformed ${what.replaceAll('_', ' ')}: ${reason}`)
    this.code = `malformed_${what}`
  }
}
