import type { Actor } from '../access/actor.ts'
import { demand, demandConfirmed } from '../access/may.ts'
import type { SessionLimits } from '../access/sessions.ts'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { Refused } from '../lib/errors.ts'
import { leavesNone, noteUse } from './dangerous-use.ts'
import { once } from './idempotency.ts'
import { parse } from './parse.ts'
import type { Query, Verb, Work } from './verb.ts'

/** What an operation runs against. */
export interface Deps {
  readonly database: Database
  /** The address that people use, without a slash at its end. What a request says of its host is not believed where links are given to others. */
  readonly publicUrl?: string
  /** Where packages of courses run: another host, which serves nothing else and knows no cookie of ours. None: they are not opened. */
  readonly courseOrigin?: string
  /** The mail address of the security contact, where there is one. */
  readonly contactAddress?: string
  /** Whether addresses inside the operator's own network may be asked, and by plain HTTP (an identity provider's, for instance). */
  readonly privateNetwork?: boolean
  /** Whether the operator has set up a command that runs what reporters send. */
  readonly replays?: boolean
  /** How long a session lasts; the standard limits unless told. */
  readonly sessionLimits?: SessionLimits
}

/** Permission first, then the input, then one transaction. What `run` throws rolls everything back. */
export async function runVerb<O>(deps: Deps, verb: Verb<any, O>, actor: Actor, organizationId: string, raw: unknown): Promise<O> {
  allow(actor, verb)
  const input = parse(verb.input, raw)
  return storable(deps.database.write(organizationId, (tx) => carriedOut(tx, actor, verb, input)))
}

/**
 * The same for a request that may be sent again under the same key: it happens once, and every time the answer is the first one's.
 * `told` is what a second request has to agree with, if that is not all of it.
 */
export async function runVerbOnce<O>(
  deps: Deps, verb: Verb<any, O>, actor: Actor, organizationId: string, raw: unknown, key: string, told = raw,
): Promise<{ answer: O; again: boolean }> {
  allow(actor, verb)
  const input = parse(verb.input, raw)
  const attempt = { actor, operation: verb.name, key, body: JSON.stringify(told) }
  return storable(deps.database.write(organizationId, (tx) => once(tx, attempt, () => carriedOut(tx, actor, verb, input))))
}

/** What is sealed may hold anything. PostgreSQL's own texts (tags, names, what is searched for) have no NUL (error 22021). */
const storable = <T>(answer: Promise<T>): Promise<T> => answer.catch((error: { code?: string }) => {
  if (error.code !== '22021') throw error
  throw new Refused('nul_character', 'It holds a NUL character, which cannot be kept or looked for here. Take it out.')
})

/** Deny by default: the permission, and for what is dangerous the confirmation. */
function allow(actor: Actor, operation: Verb<any, any> | Query<any, any>): void {
  demand(actor, operation.may, operation.name)
  if (operation.stepUp) demandConfirmed(actor, operation.name)
}

/**
 * The same as `runVerb` for a read, in a read-only transaction: one of its own, or the one that is under way. Of what is dangerous, nothing is given
 * out before the ledger has it.
 */
export async function runQuery<O>(deps: Deps, query: Query<any, O>, actor: Actor, organizationId: string, raw: unknown, within?: Tx): Promise<O> {
  allow(actor, query)
  const input = parse(query.input, raw)
  const run = (tx: Tx) => query.run(work(tx, actor, { entries: [] }), input)
  const answer = await storable(within ? run(within) : deps.database.read(organizationId, run))
  if (leavesNone(query)) await deps.database.write(organizationId, (tx) => noteUse({ ...tx, actor }, query))
  return answer
}

async function carriedOut<O>(tx: Tx, actor: Actor, verb: Verb<any, O>, input: unknown): Promise<O> {
  const answer = await verb.run(work(tx, actor, verb), input)
  if (leavesNone(verb)) await noteUse({ ...tx, actor }, verb)
  return answer
}

/** The transaction knows whose it is and which entries may be appended, so that every entry says who did it and no verb does more than it declared. */
const work = (tx: Tx, actor: Actor, { entries }: { entries: readonly string[] }): Work => ({ tx: { ...tx, actor, entries }, actor })
