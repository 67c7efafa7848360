import { isUtf8 } from 'node:buffer'
import { contentOf, knownCharset, type Content } from './content.ts'

/** What a message may be made of at most. Beyond it nothing is taken apart: a person reads the source. */
export interface Limits {
  readonly bytes: number
  readonly headBytes: number
  readonly parts: number
  readonly depth: number
  /** Of all that is not base64: a parser works line by line. */
  readonly lines: number
}
export const defaultLimits: Limits = { bytes: 48 * 1024 * 1024, headBytes: 1024 * 1024, parts: 500, depth: 30, lines: 150_000 }

export interface Structure {
  /** The first thing that is visibly wrong with the message's form, in words. */
  readonly damage?: string
  /** Where the words of its plainly written parts lie, by offset: whatever reads the message has to hand them on. */
  readonly written: readonly Range[]
  /** What stands after the last part of a multipart, where no program shows it. */
  readonly after: readonly Range[]
}

export type Range = readonly [from: number, to: number]

/**
 * Walks through a message once, line by line, as RFC 2046 section 5.1 has it, and says whether its form is whole. A parser that forgives
 * loses words silently; this is what it is held to. Linear in the bytes, bounded in memory.
 */
export function scan(raw: Buffer, limits = defaultLimits): Structure {
  const walk = new Walk(raw, limits)
  for (let at = 0; at < raw.length && !walk.damage;) {
    const end = raw.indexOf(10, at)
    const next = end < 0 ? raw.length : end + 1
    walk.line(at, next)
    at = next
  }
  walk.end()
  return { ...walk.damage !== undefined && { damage: walk.damage }, written: walk.written, after: walk.after }
}

interface Part { head: string[] | null; content: Content; began: boolean; closed: boolean; bodyFrom: number; plain: boolean; eightBit: boolean }

class Walk {
  damage: string | undefined
  readonly written: Range[] = []
  readonly after: Range[] = []
  readonly #raw: Buffer
  readonly #limits: Limits
  /** The multiparts that are open, and last the part that is being read. */
  readonly #open: Part[] = []
  #headBytes = 0
  #lines = 0
  #parts = 0

  constructor(raw: Buffer, limits: Limits) {
    this.#raw = raw
    this.#limits = limits
    if (raw.length > limits.bytes) this.#wrong('it is larger than what is taken apart')
    this.#begin()
  }

  line(from: number, next: number): void {
    if (this.#raw[from] === 0x2d && this.#raw[from + 1] === 0x2d && this.#delimiter(from, next)) return
    const part = this.#open.at(-1)!
    if (part.head) this.#headLine(part, from, next)
    else this.#bodyLine(part, from, next)
  }

  end(): void {
    while (this.#open.length > 0) this.#leave(this.#raw.length)
  }

  /** Whether the line is a boundary of a multipart that is open; whatever was begun inside ends with it. */
  #delimiter(from: number, next: number): boolean {
    if (next - from > 2000) return false
    const line = this.#raw.toString('latin1', from, next).trimEnd()
    const i = this.#open.findLastIndex(({ content: { boundary }, closed }) =>
      boundary !== undefined && !closed && (line === `--${boundary}` || line === `--${boundary}--`))
    if (i < 0) return false
    while (this.#open.length > i + 1) this.#leave(from)
    const part = this.#open[i]!
    if (line === `--${part.content.boundary}--`) Object.assign(part, { closed: true, bodyFrom: next })
    else {
      part.began = true
      this.#begin(part)
    }
    return true
  }

  #begin(inside?: Part): void {
    if (++this.#parts > this.#limits.parts) this.#wrong('it has more parts than are taken apart')
    if (this.#open.length > this.#limits.depth) this.#wrong('its parts lie deeper in each other than is taken apart')
    this.#open.push({ head: [], content: contentOf([], inside?.content.type), began: false, closed: false, bodyFrom: -1, plain: false, eightBit: false })
  }

  #leave(at: number): void {
    const part = this.#open.pop()!
    if (part.head) this.#headEnds(part, at)
    const { boundary, multipart } = part.content
    if (multipart && boundary !== undefined && !part.began) this.#wrong(`no part begins at its boundary “${boundary}”`)
    else if (multipart && !part.closed) this.#wrong(`its boundary “${boundary}” is never closed`)
    if (part.plain && at > part.bodyFrom) this.#written(part, at)
    if (multipart && part.closed && this.#raw.toString('latin1', part.bodyFrom, at).trim() !== '') this.after.push([part.bodyFrom, at])
  }

  #written({ bodyFrom, eightBit, content: { charset } }: Part, at: number): void {
    if (eightBit && charset === 'us-ascii') this.#wrong('a part announced as ASCII is not')
    if (eightBit && charset === undefined && !isUtf8(this.#raw.subarray(bodyFrom, at))) this.#wrong('a part does not say how its letters are written')
    this.written.push([bodyFrom, at])
  }

  #headLine(part: Part, from: number, next: number): void {
    this.#headBytes += next - from
    if (this.#headBytes > this.#limits.headBytes) return this.#wrong('its head is longer than what is taken apart')
    const line = this.#raw.toString('latin1', from, next).replace(/\r?\n$/, '')
    if (line === '') return this.#headEnds(part, next)
    if (line.includes('\r')) this.#wrong('the lines of its head end in a way that no mail has')
    if (!/^[ \t]|^[!-9;-~]+[ \t]*:|^>?From /.test(line) || (part.head!.length === 0 && /^[ \t]/.test(line))) this.#wrong('a line of its head is no header')
    part.head!.push(line)
  }

  #headEnds(part: Part, at: number): void {
    const outer = this.#open.findLast((one) => one !== part)
    const content = contentOf(part.head!, outer?.content.type)
    Object.assign(part, { head: null, content, bodyFrom: at })
    if (content.multipart && content.boundary === undefined) return this.#wrong('it has parts, and does not say what lies between them')
    if (this.#open.some((one) => one !== part && !one.closed && content.boundary !== undefined && one.content.boundary === content.boundary)) {
      return this.#wrong(`two parts, one in the other, share the boundary “${content.boundary}”`)
    }
    if (!content.multipart) this.#leafBegins(part, content)
  }

  #leafBegins(part: Part, { encoding, charset, type }: Content): void {
    if (!/^(7bit|8bit|binary|base64|quoted-printable)$/.test(encoding)) this.#wrong(`a part is encoded as “${encoding}”, which is not known`)
    const text = type === 'text/plain' || type === 'text/html'
    if (text && charset !== undefined && !knownCharset(charset)) this.#wrong(`a part is written in “${charset}”, which is not known`)
    part.plain = text && /bit$|^binary$/.test(encoding)
  }

  #bodyLine(part: Part, from: number, next: number): void {
    if (part.content.encoding === 'base64' && !part.content.multipart) {
      if (/[^A-Za-z0-9+/=\s]/.test(this.#raw.toString('latin1', from, next))) this.#wrong('a part announced as base64 is not')
      return
    }
    if (++this.#lines > this.#limits.lines) this.#wrong('its text has more lines than are taken apart')
    if (part.plain && !part.eightBit) {
      for (let i = from; i < next; i++) if (this.#raw[i]! > 127) { part.eightBit = true; break }
    }
  }

  #wrong(damage: string): void { this.damage ??= damage }
}
