import { z } from 'zod'

/**
 * Where an entry is filed, and who may open it: `at-once`, `delayed` (public after `delayDays`), or `sealed`.
 * These are the defaults; an organisation's own choice is a `stream.configured` entry.
 */
export const streams = {
  ledger: { opens: 'at-once', delayDays: 0 },
  policies: { opens: 'at-once', delayDays: 0 },
  systems: { opens: 'at-once', delayDays: 0 },
  disclosure: { opens: 'delayed', delayDays: 90 },
  people: { opens: 'sealed', delayDays: 0 },
  practices: { opens: 'at-once', delayDays: 0 },
  incidents: { opens: 'sealed', delayDays: 0 },
} as const satisfies Record<string, StreamSetting>

export interface StreamSetting { readonly opens: 'at-once' | 'delayed' | 'sealed'; readonly delayDays: number }
export type Stream = keyof typeof streams

/** Who stands behind an entry: a machine that looked, a third party's document, both sides of the matter, or the company alone. */
export type Vouch = 'machine' | 'third-party' | 'both' | 'company'

/** One kind of entry: its name is past tense and never renamed; facts that change shape get a new kind. */
export interface Kind<S extends string = string, O extends string = string, M extends z.ZodObject = z.ZodObject, F extends z.ZodObject = z.ZodObject> {
  readonly kind: string
  /** One sentence for docs/formats/entry-kinds.md. */
  readonly about?: string
  readonly stream: Stream
  /** What it is about; each gets a case, a random pseudonym. */
  readonly subjects: readonly S[]
  /** Subjects that an entry may leave out. */
  readonly optional?: readonly O[]
  /** The few small strings that rules may read. They survive every erasure, so no direct identifier may be among them. */
  readonly marks: M
  /** What happened in full. Sealed, and destroyed with its subject's key, unless `open`. */
  readonly facts: F
  readonly vouch: Vouch
  /** Facts are published with the entry; only in a stream that opens at once. */
  readonly open?: boolean
}

const registry = new Map<string, Kind>()
const kindName = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/
const identifiers = /(^|_)(name|e?mail|phone|address|ip|user|username|login|account|person|reporter|iban|passport|birth|title|text)($|_)/

/** Registers a kind. Throws on a second definition, an unsuitable name, or marks that could identify somebody. */
export function defineKind<const S extends string, M extends z.ZodObject, F extends z.ZodObject, const O extends string = never>(
  kind: Kind<S, O, M, F>,
): Kind<S, O, M, F> {
  if (!kindName.test(kind.kind)) throw new Error(`“${kind.kind}” is no name for an entry kind: use noun.past-tense in lower case`)
  if (registry.has(kind.kind)) throw new Error(`the entry kind ${kind.kind} is defined twice`)
  if (kind.open && streams[kind.stream].opens !== 'at-once') throw new Error(`${kind.kind}: open facts need a stream that opens at once`)
  for (const mark of Object.keys(kind.marks.shape)) {
    if (identifiers.test(mark)) throw new Error(`${kind.kind}: the mark “${mark}” would identify somebody in a record that cannot be erased`)
    if (reserved.includes(mark)) throw new Error(`${kind.kind}: the mark “${mark}” is written by the ledger itself`)
  }
  registry.set(kind.kind, kind as unknown as Kind)
  return kind
}

/** Marks that append() writes: who vouches, evidence from before Avow, and the time an entry claims for its deed. */
export const reserved: readonly string[] = ['vouch', 'opening', 'effective_at']

export const findKind = (name: string): Kind | undefined => registry.get(name)

/** Every kind that the loaded modules define, by name. */
export const listKinds = (): Kind[] => [...registry.values()].toSorted((a, b) => (a.kind < b.kind ? -1 : 1))

/** What a mark may hold: short, printable, no room for prose. Numbers and dates are written as text. */
export const Mark = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:+/-]{0,63}$/u)
