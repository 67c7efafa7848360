import type { PrivateKey } from 'openpgp'
import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, defineKind } from '../../ledger/index.ts'
import { openBytes, organizationKey, sealBytes } from '../../seal/envelope.ts'
import type { OpenPgpKeyRow } from './tables.ts'

/** The library is large and few requests need it. */
const library = () => import('openpgp')

export const openPgpKeyMade = defineKind({
  kind: 'openpgp.key-made',
  about: 'From now on security.txt is signed with the OpenPGP key of this fingerprint, and mail to the security contact can be encrypted to it.',
  stream: 'ledger', subjects: [], marks: z.object({}), vouch: 'company', open: true,
  facts: z.object({ fingerprint: z.string() }),
})

/** The public half: everything about the key that others may have. */
export interface OpenPgpKey {
  /** Forty hexadecimal digits (RFC 9580, section 5.5.4.1: version 4, which every OpenPGP program reads). */
  readonly fingerprint: string
  /** “Name <address>”. */
  readonly userId: string
  /** A transferable public key, not armored. */
  readonly publicKey: Buffer
}

/** Whose the key is, as the user id says it. */
export interface Owner { readonly name: string; readonly address?: string | undefined }

const row = (tx: Tx): Promise<OpenPgpKeyRow | undefined> => tx.db.selectFrom('openpgp_keys').selectAll().executeTakeFirst()

/** The organisation's key, made when it is first asked for. Its user id follows the name and the address of the security contact. */
export async function openPgpKey(database: Database, organizationId: string, owner: Owner): Promise<OpenPgpKey> {
  const wanted = userIdOf(owner)
  const known = await database.read(organizationId, row)
  const key = known?.user_id === wanted ? known : await database.write(organizationId, (tx) => known ? rename(tx, wanted) : make(tx, wanted))
  return { fingerprint: key.fingerprint, userId: key.user_id, publicKey: key.public_key }
}

/** The private half, open: for signing, and for reading what was encrypted to us. It exists as long as it is held. */
export async function openPrivateKey(tx: Tx): Promise<PrivateKey> {
  const sealed = await row(tx)
  if (!sealed) throw new Error('This organization has no OpenPGP key yet.')
  return open(tx, sealed)
}

async function make(tx: Tx, userId: string): Promise<OpenPgpKeyRow> {
  const { generateKey } = await library()
  // GnuPG 2.2 reads this curve under its older name alone.
  const { privateKey } = await generateKey({
    type: 'ecc', curve: 'ed25519Legacy', userIDs: [splitUserId(userId)], date: new Date(tx.now.epochMilliseconds), format: 'object',
  })
  const fingerprint = privateKey.getFingerprint()
  const values = { organization_id: tx.organizationId, fingerprint, created_at: timestampOf(tx.now), ...await halves(tx, privateKey, userId) }
  const made = await tx.db.insertInto('openpgp_keys').values(values).onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst()
  // Another process may have been faster: then its key is the key.
  if (!made) return (await row(tx))!
  await append(tx, openPgpKeyMade, { subjects: {}, marks: {}, facts: { fingerprint } })
  return made
}

/** The same key, fingerprint and all, under another user id. */
async function rename(tx: Tx, userId: string): Promise<OpenPgpKeyRow> {
  const { reformatKey } = await library()
  const { privateKey } = await reformatKey({
    privateKey: await openPrivateKey(tx), userIDs: [splitUserId(userId)], date: new Date(tx.now.epochMilliseconds), format: 'object',
  })
  return tx.db.updateTable('openpgp_keys').set(await halves(tx, privateKey, userId)).returningAll().executeTakeFirstOrThrow()
}

async function halves(tx: Tx, privateKey: PrivateKey, userId: string) {
  const keyId = await organizationKey(tx)
  return {
    user_id: userId, key_id: keyId, public_key: Buffer.from(privateKey.toPublic().write()),
    private_key: await sealBytes(tx, keyId, boxContext(privateKey.getFingerprint()), Buffer.from(privateKey.write())),
  }
}

async function open(tx: Tx, { key_id: keyId, fingerprint, private_key: box }: OpenPgpKeyRow): Promise<PrivateKey> {
  const { readPrivateKey } = await library()
  return readPrivateKey({ binaryKey: await openBytes(tx, keyId, boxContext(fingerprint), box) })
}

const boxContext = (fingerprint: string) => `openpgp/private-key/${fingerprint}`

/** What would end the name early stays out of it. */
const userIdOf = ({ name, address }: Owner): string => {
  const plain = name.replaceAll(/[<>()\p{Cc}]/gu, ' ').replaceAll(/\s+/g, ' ').trim()
  return address === undefined ? plain : `${plain} <${address}>`.trim()
}

function splitUserId(userId: string): { name: string; email?: string } {
  const [, name = userId, email] = /^(.*?)\s*<(.*)>$/.exec(userId) ?? []
  return { name, ...email !== undefined && { email } }
}
