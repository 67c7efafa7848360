import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Permission } from '../access/roles.ts'
import type { Tx } from '../db/tx.ts'

/** What a verb has in hand. Everything else it needs, it finds through these. */
export interface Work { readonly tx: Tx; readonly actor: Actor }

/**
 * One operation that someone may do, declared once. Form handling, JSON API, OpenAPI, command line and (opt-in) the
 * tool for assistants are derived from it. `run` does no outside input or output: it reads and writes through `tx`.
 */
export interface Verb<I extends z.ZodObject = z.ZodObject, O = unknown> {
  readonly is: 'verb'
  /** `report.acknowledge`: noun, dot, verb. The API path and the command follow from it. */
  readonly name: string
  /** One sentence, for API pages, command help and the access matrix. */
  readonly summary: string
  readonly may: Permission
  readonly input: I
  /** Shape of the answer, for OpenAPI. */
  readonly output?: z.ZodType
  /** Entry kinds that it may append; a test holds them to what it does append. */
  readonly entries: readonly string[]
  /** Dangerous: takes a second factor shown minutes ago, or a key made for this very operation. */
  readonly stepUp?: true
  /** Opt-in: offered to AI assistants over MCP. */
  readonly assistants?: boolean
  run(work: Work, input: z.output<I>): Promise<O>
}

/** A read, declared once: page, JSON and command are derived from it. `tx` is read-only. */
export interface Query<I extends z.ZodObject = z.ZodObject, O = unknown> {
  readonly is: 'query'
  readonly name: string
  readonly summary: string
  readonly may: Permission
  readonly input: I
  readonly output?: z.ZodType
  /** What it gives away is dangerous in other hands, as for a verb. */
  readonly stepUp?: true
  readonly assistants?: boolean
  run(work: Work, input: z.output<I>): Promise<O>
}

export const verb = <I extends z.ZodObject, O>(declared: Omit<Verb<I, O>, 'is'>): Verb<I, O> => ({ is: 'verb', ...declared })
export const query = <I extends z.ZodObject, O>(declared: Omit<Query<I, O>, 'is'>): Query<I, O> => ({ is: 'query', ...declared })
