import { randomBytes } from 'node:crypto'
import { canonical, sealMac, utf8, type Facts } from 'avow-verify'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Tx } from '../db/tx.ts'
import { LedgerFatal } from '../lib/errors.ts'
import { organizationKey, sealBytes } from '../seal/envelope.ts'
import { factsContext, type FactsBox } from './entry.ts'
import { Mark, type Kind, type Vouch } from './kinds.ts'
import { tellFollowers } from './on-entry.ts'

export interface NewEntry<S extends string, O extends string, M extends z.ZodObject, F extends z.ZodObject> {
  /** Subject kind → id of the subject; the ledger shows only its pseudonym. */
  readonly subjects: Readonly<Record<S, string>> & Readonly<Partial<Record<O, string>>>
  readonly marks: z.input<M>
  readonly facts: z.input<F>
  /** The data key that seals the facts, so that they end with their subject. The organisation's own by default; none where facts are open. */
  readonly keyId?: string
  /** When it happened, if that is not now. A claim: the recorded time decides. */
  readonly effectiveAt?: Temporal.Instant
  /** Evidence from before Avow, imported once: nobody witnessed it. */
  readonly opening?: boolean
  /** Who stands behind this one, where it is not whoever the kind names. */
  readonly vouch?: Vouch
}

/**
 * Writes one entry in the caller's transaction: it is in the ledger exactly if the transaction commits. The sequencer gives it its
 * place and time within a second. Throws ZodError where marks or facts are not what the kind declares, LedgerFatal where the log is at fault.
 */
export async function append<S extends string, O extends string, M extends z.ZodObject, F extends z.ZodObject>(
  tx: Tx, kind: Kind<S, O, M, F>, entry: NewEntry<S, O, M, F>,
): Promise<{ entryId: string }> {
  const { entryId, wanted, marks, seed, seal, facts, keyId } = await prepare(tx, kind, entry)
  tx.send(sql`select append_entry(${tx.organizationId}, ${entryId}, ${kind.kind}, ${kind.stream}, ${wanted}, ${marks}, ${seed}, ${seal}, ${keyId}, ${facts},
    ${actorName(tx.actor)}, ${tx.now})`.execute(tx.db).catch(fatalIfAtFault))
  await tellFollowers(tx, [{ kind: kind.kind, entryId, subjects: entry.subjects, marks: entry.marks }])
  return { entryId }
}

/** The same for many of one kind, in one statement: what is done to a whole team, or to a flood, waits for no one of them. */
export async function appendEach<S extends string, O extends string, M extends z.ZodObject, F extends z.ZodObject>(
  tx: Tx, kind: Kind<S, O, M, F>, entries: readonly NewEntry<S, O, M, F>[],
): Promise<void> {
  if (entries.length === 0) return
  const rows = await Promise.all(entries.map((entry) => prepare(tx, kind, entry)))
  const of = <K extends keyof (typeof rows)[number]>(column: K) => rows.map((row) => row[column])
  tx.send(sql`select append_entries(${tx.organizationId}, ${kind.kind}, ${kind.stream}, ${of('entryId')}, ${of('wanted')}, ${of('marks')}, ${of('seed')},
    ${of('seal')}, ${of('keyId')}::uuid[], ${of('facts')}, ${actorName(tx.actor)}, ${tx.now})`.execute(tx.db).catch(fatalIfAtFault))
  await tellFollowers(tx, entries.map(({ subjects, marks }, i) => ({ kind: kind.kind, entryId: rows[i]!.entryId, subjects, marks })))
}

async function prepare(tx: Tx, kind: Kind, entry: AnyEntry) {
  if (tx.entries && !tx.entries.includes(kind.kind)) throw new Error(`The verb at work has not declared that it may append ${kind.kind}.`)
  const [entryId, marks, wanted] = [tx.newId(), marksOf(kind, entry), casesWanted(kind, entry.subjects)]
  const keyId = kind.open ? undefined : entry.keyId ?? await organizationKey(tx)
  return { entryId, marks, wanted, seed: randomBytes(32), ...await sealFacts(tx, entryId, kind.facts.parse(entry.facts), keyId) }
}

function fatalIfAtFault(error: unknown): never {
  throw (error as { code?: string }).code === 'AV001' ? new LedgerFatal('The ledger is at fault: nothing is written until it is mended.') : error
}

type AnyEntry = NewEntry<string, string, z.ZodObject, z.ZodObject>

function marksOf(kind: Kind, { marks, vouch, opening, effectiveAt }: Pick<AnyEntry, 'marks' | 'vouch' | 'opening' | 'effectiveAt'>): string {
  const declared = Object.entries(kind.marks.parse(marks)).filter(([, value]) => value !== undefined)
  for (const [mark, value] of declared) {
    if (!Mark.safeParse(value).success) throw new Error(`${kind.kind}: the mark “${mark}” is not a short string`)
  }
  return JSON.stringify({
    ...Object.fromEntries(declared),
    vouch: vouch ?? (opening ? 'company' : kind.vouch),
    ...(opening && { opening: 'yes' }),
    ...(effectiveAt && { effective_at: effectiveAt.round('second').toString() }),
  })
}

async function sealFacts(tx: Tx, entryId: string, facts: Facts, keyId: string | undefined) {
  const salt2 = randomBytes(32)
  const box: FactsBox = { facts, salt2: salt2.toString('base64') }
  const plain = Buffer.from(utf8(canonical(box)))
  return {
    seal: Buffer.from(sealMac(salt2, facts)),
    keyId: keyId ?? null,
    facts: keyId ? await sealBytes(tx, keyId, factsContext(entryId), plain) : plain,
  }
}

/** Subjects whose pseudonym is the same in every stream, because it is no secret which they are. All others have one for each stream. */
const linkable: readonly string[] = ['policy', 'system', 'source', 'vendor', 'calendar', 'stream']

function casesWanted(kind: Kind, subjects: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(subjects).filter((subject): subject is [string, string] => subject[1] !== undefined)
  const known: readonly string[] = [...kind.subjects, ...kind.optional ?? []]
  const wrong = named.find(([subject]) => !known.includes(subject))?.[0] ?? kind.subjects.find((subject) => !named.some(([name]) => name === subject))
  if (wrong) throw new Error(`${kind.kind} is about ${known.join(', ') || 'nothing'}: “${wrong}” does not fit`)
  return JSON.stringify(named.map(([subject, id]) => ({
    kind: subject, id, scope: linkable.includes(subject) ? '' : kind.stream, pseudonym: randomBytes(16).toString('base64url'),
  })))
}

/** Who did it, for auditors: an id that means nothing once the account is gone. */
function actorName(actor: Actor | undefined): string {
  switch (actor?.kind) {
    case 'member': return `member:${actor.accountId}`
    case 'guest': return `guest:${actor.guestId}`
    case 'machine': return `machine:${actor.keyId}`
    case 'system': return `system:${actor.job}`
    default: return actor?.kind ?? 'system'
  }
}
