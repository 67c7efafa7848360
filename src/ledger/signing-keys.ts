import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { printVkey, verifierKey, type KeyType, type NoteSigner, type VerifierKey } from 'avow-verify'
import { timestampOf } from '../db/timestamp.ts'
import { LedgerFatal } from '../lib/errors.ts'
import type { Tx } from '../db/tx.ts'
import { openBytes, organizationKey, sealBytes } from '../seal/envelope.ts'
import type { SigningKeyRow } from './tables.ts'

type Purpose = SigningKeyRow['purpose']

/** A log's key signs notes (0x01); a witness's makes timestamped cosignatures (0x04). */
const keyTypes: Record<Purpose, KeyType> = { log: 0x01, witness: 0x04 }

export interface NewSigningKey {
  readonly purpose: Purpose
  /** The name it signs under. */
  readonly name: string
  /** How long the log is now. */
  readonly fromSize: number
  /** Writes the entry that announces the key and answers its id. The first key needs none. */
  readonly announce?: (vkey: string) => Promise<{ entryId: string }>
}

/** Makes the next key of a purpose. The private half never leaves the database unsealed. */
export async function createSigningKey(tx: Tx, { purpose, name, fromSize, announce }: NewSigningKey): Promise<VerifierKey> {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = rawPublicKey(pair.publicKey)
  const key = verifierKey(name, keyTypes[purpose], publicKey)
  const entryId = announce ? (await announce(printVkey(key))).entryId : null
  const number = (await listSigningKeys(tx, purpose)).length + 1
  const keyId = await organizationKey(tx)
  const row = {
    organization_id: tx.organizationId, purpose, number, name, public_key: publicKey, from_size: fromSize, entry_id: entryId,
    created_at: timestampOf(tx.now),
  }
  await tx.db.insertInto('signing_keys').values({
    ...row, key_id: keyId,
    private_key: await sealBytes(tx, keyId, boxContext(row), pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
  }).execute()
  return key
}

/** Oldest first. */
export const listSigningKeys = (tx: Tx, purpose: Purpose): Promise<SigningKeyRow[]> =>
  tx.db.selectFrom('signing_keys').selectAll().where('purpose', '=', purpose).orderBy('number').execute()

export const verifierKeyOf = ({ name, purpose, public_key: publicKey }: SigningKeyRow): VerifierKey => verifierKey(name, keyTypes[purpose], publicKey)

export const vkeyOf = (row: SigningKeyRow): string => printVkey(verifierKeyOf(row))

/** `publicKey` is computed from the private one, not read from the row. */
export async function openSigner(tx: Tx, row: SigningKeyRow): Promise<NoteSigner & { publicKey: Buffer }> {
  const der = await openBytes(tx, row.key_id, boxContext(row), row.private_key)
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { key: verifierKeyOf(row), publicKey: rawPublicKey(createPublicKey(key)), sign: (message) => sign(null, message, key) }
}

const rawPublicKey = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url')

/** A log key with the index of the entry that announced it, if that has its place already. */
export type LogKey = SigningKeyRow & { readonly announced: number | null }

/** Named one by one, so that the sequencer's statement stays prepared. */
const keyColumns = ([
  'organization_id', 'purpose', 'number', 'name', 'public_key', 'key_id', 'private_key', 'from_size', 'entry_id', 'created_at',
] as const satisfies (keyof SigningKeyRow)[]).map((name) => `signing_keys.${name}` as const)

export const listLogKeys = (tx: Tx): Promise<LogKey[]> => tx.db.selectFrom('signing_keys')
  .leftJoin('leaves', (join) => join
    .onRef('leaves.organization_id', '=', 'signing_keys.organization_id').onRef('leaves.entry_id', '=', 'signing_keys.entry_id'))
  .select(keyColumns).select('leaves.index as announced').where('purpose', '=', 'log').orderBy('number').execute()

/**
 * The key that signs what follows `size`. A new key of the same log takes over only after the old one has signed the entry that announces
 * it, so that whoever trusts the old key can follow. A key with a new name is a new log's, and the old one signs nothing more.
 */
export function logKeyAfter(keys: readonly LogKey[], size: number): LogKey {
  const current = keys.findLast((key, i) => {
    const begins = key.entry_id === null || key.name !== keys[i - 1]?.name
    return begins ? key.from_size <= size : key.announced !== null && key.announced < size
  })
  if (!current) throw new LedgerFatal('This organization has no log key: its log was never opened.')
  return current
}

/** Binds the private key to all that its row says. */
const boxContext = ({ purpose, number, name, public_key: key, from_size: from, entry_id: entry, created_at: created }: Unsealed) =>
  ['signing-key', purpose, number, name, key.toString('base64'), from, entry ?? '', created.toISOString()].join(' ')

type Unsealed = Omit<SigningKeyRow, 'key_id' | 'private_key'>
