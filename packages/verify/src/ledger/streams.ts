/** docs/formats/ledger.md, "Who may open, and when". The server follows its log with this, and the verifier follows the log that it was served. */
import type { Facts } from './leaf.ts'

export type Opens = 'at-once' | 'delayed' | 'sealed'

interface Setting { readonly opens: Opens; readonly delayMs: number }

/** For so long after a kind has moved, a process of the release before may still file it where it was. */
const graceMs = 60 * 60_000

/** As JSON; null is infinity. */
export interface SavedStreams {
  readonly settings: (readonly [stream: string, setting: Setting])[]
  readonly lists: (readonly [stream: string, kinds: readonly string[]])[]
  readonly openFrom: (readonly [stream: string, from: number | null])[]
  readonly filed: (readonly [kind: string, until: (readonly [stream: string, moment: number | null])[]])[]
}

/** What a log says of its own streams: when the entries of each become public, and which kinds are filed where. */
export class Streams {
  readonly #settings = new Map<string, Setting>([['ledger', { opens: 'at-once', delayMs: 0 }]])
  readonly #openFrom = new Map<string, number>()
  readonly #lists = new Map<string, readonly string[]>()
  /** Kind → stream → until when it is filed there. */
  readonly #filed = new Map<string, Map<string, number>>()

  /**
   * Takes the next entry of the log; what it says, as far as that is known. Answers when it becomes public (milliseconds since 1970 UTC; Infinity for
   * never), and by which choice.
   */
  follow({ stream, at }: { stream: string; at: number }, said?: { kind: string; facts?: Facts }): { opens: Opens; opensAt: number } {
    const { opens, delayMs } = this.#settings.get(stream) ?? { opens: 'sealed', delayMs: 0 }
    const opensAt = opens === 'sealed' ? Infinity : at + delayMs
    if (opens !== 'at-once') this.#openFrom.set(stream, Math.max(opensAt, this.#openFrom.get(stream) ?? -Infinity))
    if (stream === 'ledger' && said?.kind === 'stream.configured') this.#configure(said.facts ?? {}, at)
    return { opens, opensAt }
  }

  /** From when on every entry that a stream has by now is public; −∞ where all were at once, or there are none. */
  openFrom(stream: string): number { return this.#openFrom.get(stream) ?? -Infinity }

  /** Every stream in which entries of the kind were ever to be filed; none where the log does not say. */
  streamsOf(kind: string): string[] { return [...this.#filed.get(kind)?.keys() ?? []] }

  /** Whether an entry of the kind should have been filed in another stream than this one. */
  isMisfiled(kind: string, { stream, at }: { stream: string; at: number }): boolean {
    const filed = this.#filed.get(kind)
    return filed !== undefined && [...filed.values()].includes(Infinity) && (filed.get(stream) ?? -Infinity) < at
  }

  save(): SavedStreams {
    const finite = (moment: number) => Number.isFinite(moment) ? moment : null
    return {
      settings: [...this.#settings], lists: [...this.#lists],
      openFrom: [...this.#openFrom].map(([stream, from]) => [stream, finite(from)]),
      filed: [...this.#filed].map(([kind, streams]) => [kind, [...streams].map(([stream, until]) => [stream, finite(until)])]),
    }
  }

  static load({ settings, lists, openFrom, filed }: SavedStreams): Streams {
    const streams = new Streams()
    for (const [stream, setting] of settings) streams.#settings.set(stream, setting)
    for (const [stream, kinds] of lists) streams.#lists.set(stream, kinds)
    for (const [stream, from] of openFrom) streams.#openFrom.set(stream, from ?? Infinity)
    for (const [kind, until] of filed) streams.#filed.set(kind, new Map(until.map(([stream, moment]) => [stream, moment ?? Infinity])))
    return streams
  }

  #configure({ stream, opens, delay_days: days, kinds }: Facts, at: number): void {
    if (typeof stream !== 'string') return
    if (stream !== 'ledger' && (opens === 'at-once' || opens === 'delayed' || opens === 'sealed')) {
      this.#settings.set(stream, { opens, delayMs: opens === 'delayed' && typeof days === 'number' ? days * 86_400_000 : 0 })
    }
    if (Array.isArray(kinds)) this.#file(stream, kinds.filter((kind) => typeof kind === 'string'), at)
  }

  #file(stream: string, kinds: readonly string[], at: number): void {
    const moved = (this.#lists.get(stream) ?? []).filter((kind) => !kinds.includes(kind))
    for (const kind of moved) this.#filed.get(kind)!.set(stream, at + graceMs)
    for (const kind of kinds) this.#filed.set(kind, (this.#filed.get(kind) ?? new Map()).set(stream, Infinity))
    this.#lists.set(stream, kinds)
  }
}
