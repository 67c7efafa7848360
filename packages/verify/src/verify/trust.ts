/** Whose signatures count: the log's own keys, and the witnesses that the reader knows from elsewhere. */
import { fromUtf8 } from '../ledger/bytes.ts'
import { isSignedBy, parseCheckpoint, type SignedCheckpoint } from '../ledger/checkpoint.ts'
import { cosignatures, type Cosignature } from '../ledger/cosignature.ts'
import { canVerify, parseVkey, printVkey, type VerifierKey } from '../ledger/vkey.ts'
import type { Findings } from './findings.ts'
import type { Source } from './source.ts'

export interface Trust {
  /** Keys of the log that count, each having handed over to the next. */
  readonly keys: readonly VerifierKey[]
  /** `pinned` by the reader, `remembered` from an earlier check, or taken from the server that is being checked. */
  readonly from: 'pinned' | 'remembered' | 'first use'
  readonly witnesses: readonly VerifierKey[]
}

/** What an earlier check saw of a log. */
export interface Memory {
  readonly key: string
  /** The signed note. */
  readonly checkpoint: string
}

export interface TrustOptions {
  /** Verifier keys of the log. */
  readonly keys?: readonly string[] | undefined
  /** Verifier keys of witnesses. */
  readonly witnesses?: readonly string[] | undefined
  readonly remembered?: Memory | undefined
}

/** A key change that the log claims, still to be found among its entries. */
export interface KeyChange {
  readonly index: number
  readonly vkey: string
}

export async function chooseTrust(source: Source | undefined, options: TrustOptions, findings: Pick<Findings, 'note'>): Promise<Trust> {
  const { keys = [], witnesses = [], remembered } = options
  const known = witnesses.map(parseVkey)
  for (const witness of known.filter((candidate) => !canVerify(candidate))) {
    findings.note('witness_unknown', `this program cannot verify ML-DSA-44, so ${witness.name} counts for nothing here`)
  }
  if (keys.length > 0) return { keys: keys.map(parseVkey), from: 'pinned', witnesses: known }
  if (remembered) return { keys: [parseVkey(remembered.key)], from: 'remembered', witnesses: known }
  const served = await source?.get('log/key')
  if (!served) throw new Error('the log’s key is not known: give it with --key, or the log’s address')
  findings.note('key_on_first_use', 'the log’s key came from the server that is being checked: compare it with one that you have from elsewhere')
  return { keys: [parseVkey(fromUtf8(served).trimEnd())], from: 'first use', witnesses: known }
}

/** Adds the keys to which the trusted one has handed over: each announced by an entry in a checkpoint that its predecessor signed. */
export async function followKeys(source: Source, trust: Trust): Promise<{ trust: Trust; changes: KeyChange[] }> {
  const served = await source.get('log/keys')
  const handovers = served ? fromUtf8(served).split('\n').filter(Boolean).map(parseHandover) : []
  const keys = [...trust.keys]
  const changes: KeyChange[] = []
  for (const { vkey, index, checkpoint } of handovers) {
    if (keys.some((key) => printVkey(key) === vkey) || index === undefined || checkpoint === undefined) continue
    const announced = await openCheckpoint(checkpoint, { keys, witnesses: [] })
    if (announced.size <= index) throw new Error(`the checkpoint that hands over to ${vkey} does not cover entry ${index}`)
    keys.push(parseVkey(vkey))
    changes.push({ index, vkey })
  }
  return { trust: { ...trust, keys }, changes }
}

function parseHandover(line: string): { vkey: string; index?: number; checkpoint?: string } {
  const { vkey, index, checkpoint } = JSON.parse(line) as Record<string, unknown>
  return { vkey: String(vkey), ...(typeof index === 'number' && { index }), ...(typeof checkpoint === 'string' && { checkpoint }) }
}

export interface TrustedCheckpoint extends SignedCheckpoint {
  readonly text: string
  readonly signedBy: VerifierKey
  readonly cosignatures: readonly Cosignature[]
}

/** Throws when the note is not a checkpoint of the trusted log, or carries a bad signature by a known key. */
export async function openCheckpoint(note: string, { keys, witnesses }: Pick<Trust, 'keys' | 'witnesses'>): Promise<TrustedCheckpoint> {
  const checkpoint = parseCheckpoint(note)
  for (const key of keys.filter(({ name }) => name === checkpoint.origin)) {
    if (!(await isSignedBy(key, checkpoint.note))) continue
    return { ...checkpoint, text: note, signedBy: key, cosignatures: await cosignatures(witnesses, checkpoint.note) }
  }
  throw new Error(`the checkpoint of ${checkpoint.origin} is not signed by ${keys.map(({ name, id }) => `${name}+${id}`).join(' or ')}`)
}
