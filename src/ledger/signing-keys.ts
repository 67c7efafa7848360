import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { printVkey, verifierKey, type KeyType, type NoteSigner, type VerifierKey } from 'avow-verify'
import { LedgerFatal } from '../lib/errors.ts'
import type { Tx } from '../db/tx.ts'
import { openBytes, organizationKey, sealBytes } from '../seal/envelope.ts'
import type { SigningKeyRow } from './tables.ts'

type Purpose = SigningKeyRow['purpose']

/** A log's key signs notes (0x01); a witness's makes timestamped cosignatures (0x04). */
const keyTypes: Record<Purpose, KeyType> = { log: 0x01, witness: 0x04 }

/** Makes the next key of a purpose; `entryId` is the entry that announces it. The private half never leaves the database unsealed. */
export async function createSigningKey(tx: Tx, purpose: Purpose, name: string, entryId: string | null): Promise<VerifierKey> {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url')
  const number = (await listSigningKeys(tx, purpose)).length + 1
  const keyId = await organizationKey(tx)
  await tx.db.insertInto('signing_keys').values({
    organization_id: tx.organizationId, purpose, number, name, public_key: publicKey, key_id: keyId,
    private_key: await sealBytes(tx, keyId, boxContext({ purpose, number }), pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
    entry_id: entryId, created_at: new Date(tx.now.epochMilliseconds),
  }).execute()
  return verifierKey(name, keyTypes[purpose], publicKey)
}

/** Oldest first. */
export const listSigningKeys = (tx: Tx, purpose: Purpose): Promise<SigningKeyRow[]> =>
  tx.db.selectFrom('signing_keys').selectAll().where('purpose', '=', purpose).orderBy('number').execute()

export const verifierKeyOf = ({ name, purpose, public_key: publicKey }: SigningKeyRow): VerifierKey => verifierKey(name, keyTypes[purpose], publicKey)

export const vkeyOf = (row: SigningKeyRow): string => printVkey(verifierKeyOf(row))

export async function openSigner(tx: Tx, row: SigningKeyRow): Promise<NoteSigner> {
  const der = await openBytes(tx, row.key_id, boxContext(row), row.private_key)
  const key: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { key: verifierKeyOf(row), sign: (message) => sign(null, message, key) }
}

/**
 * The key that signs what follows `size`. A new key of the same log takes over only after the old one has signed the entry that announces
 * it, so that whoever trusts the old key can follow. A key with a new name is a new log's, and the old one signs nothing more.
 */
export async function logKeyAfter(tx: Tx, size: number): Promise<SigningKeyRow> {
  const keys = await tx.db.selectFrom('signing_keys')
    .leftJoin('leaves', (join) => join
      .onRef('leaves.organization_id', '=', 'signing_keys.organization_id').onRef('leaves.entry_id', '=', 'signing_keys.entry_id'))
    .selectAll('signing_keys').select('leaves.index as announced').where('purpose', '=', 'log').orderBy('number').execute()
  const current = keys.findLast((key, i) => key.entry_id === null || key.name !== keys[i - 1]?.name || (key.announced !== null && key.announced < size))
  if (!current) throw new LedgerFatal('This organization has no log key: its log was never opened.')
  return current
}

const boxContext = ({ purpose, number }: Pick<SigningKeyRow, 'purpose' | 'number'>) => `signing-key/${purpose}/${number}`
