import type { Selectable } from 'kysely'
import type { PrivateKey } from 'openpgp'
import { z } from 'zod'
import type { Database } from '../../db/database.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, defineKind } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
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

export const openPgpKeyReplaced = defineKind({
  kind: 'openpgp.key-replaced',
  about: 'From now on the OpenPGP key of this fingerprint takes the place of the former one, which has signed it.',
  stream: 'ledger', subjects: [], marks: z.object({}), vouch: 'company', open: true,
  facts: z.object({ fingerprint: z.string(), former: z.string() }),
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

/** The key in use. */
const row = (tx: Tx): Promise<Selectable<OpenPgpKeyRow> | undefined> =>
  tx.db.selectFrom('openpgp_keys').selectAll().where('replaced_at', 'is', null).executeTakeFirst()

/** The organisation's key, made when it is first asked for. Its user id follows the name and the address of the security contact. */
export async function openPgpKey(database: Database, organizationId: string, owner: Owner): Promise<OpenPgpKey> {
  const wanted = userIdOf(owner)
  const known = await database.read(organizationId, row)
  const key = known?.user_id === wanted ? known : await database.write(organizationId, (tx) => known ? rename(tx, wanted) : make(tx, wanted))
  return { fingerprint: key.fingerprint, userId: key.user_id, publicKey: key.public_key }
}

/** The private half, open: for signing. It exists as long as it is held. */
export async function openPrivateKey(tx: Tx): Promise<PrivateKey> {
  const sealed = await row(tx)
  if (!sealed) throw new Error('This organization has no OpenPGP key yet.')
  return open(tx, sealed)
}

/** All of them, for reading what was encrypted to us: the one in use first, then the former ones. */
export async function openPrivateKeys(tx: Tx): Promise<PrivateKey[]> {
  const rows = await tx.db.selectFrom('openpgp_keys').selectAll().orderBy('created_at', 'desc').execute()
  return Promise.all(rows.toSorted((a, b) => Number(a.replaced_at !== null) - Number(b.replaced_at !== null)).map((sealed) => open(tx, sealed)))
}

/** The fingerprints, the one in use first. */
export async function fingerprints(tx: Tx): Promise<{ fingerprint: string; madeAt: string; replacedAt: string | null }[]> {
  const rows = await tx.db.selectFrom('openpgp_keys').select(['fingerprint', 'created_at', 'replaced_at']).orderBy('created_at', 'desc').execute()
  return rows.map((key) => ({ fingerprint: key.fingerprint, madeAt: key.created_at.toISOString(), replacedAt: key.replaced_at?.toISOString() ?? null }))
}

/**
 * Another key takes the place of the one in use, under the same user id, signed by it, so that whoever trusted the old one can follow. The old
 * one stays for reading. Answers with both fingerprints.
 */
export async function replaceKey(tx: Tx): Promise<{ fingerprint: string; former: string }> {
  const former = await tx.db.selectFrom('openpgp_keys').selectAll().where('replaced_at', 'is', null).forUpdate().executeTakeFirst()
  if (!former) throw new Refused('no_openpgp_key', 'There is no OpenPGP key yet. It is made when its page is first opened.')
  const date = new Date(tx.now.epochMilliseconds)
  const made = await (await generate(tx, former.user_id)).signAllUsers([await open(tx, former)], date)
  await tx.db.updateTable('openpgp_keys').set({ replaced_at: timestampOf(tx.now) }).where('fingerprint', '=', former.fingerprint).execute()
  const fingerprint = made.getFingerprint()
  await tx.db.insertInto('openpgp_keys').values({
    organization_id: tx.organizationId, fingerprint, created_at: timestampOf(tx.now), ...await halves(tx, made as PrivateKey, former.user_id),
  }).execute()
  await append(tx, openPgpKeyReplaced, { subjects: {}, marks: {}, facts: { fingerprint, former: former.fingerprint } })
  return { fingerprint, former: former.fingerprint }
}

async function generate(tx: Tx, userId: string): Promise<PrivateKey> {
  const { generateKey } = await library()
  // GnuPG 2.2 reads this curve under its older name alone.
  const { privateKey } = await generateKey({
    type: 'ecc', curve: 'ed25519Legacy', userIDs: [splitUserId(userId)], date: new Date(tx.now.epochMilliseconds), format: 'object',
  })
  return privateKey
}

async function make(tx: Tx, userId: string): Promise<Selectable<OpenPgpKeyRow>> {
  const privateKey = await generate(tx, userId)
  const fingerprint = privateKey.getFingerprint()
  const values = { organization_id: tx.organizationId, fingerprint, created_at: timestampOf(tx.now), ...await halves(tx, privateKey, userId) }
  const made = await tx.db.insertInto('openpgp_keys').values(values).onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst()
  // Another process may have been faster: then its key is the key.
  if (!made) return (await row(tx))!
  await append(tx, openPgpKeyMade, { subjects: {}, marks: {}, facts: { fingerprint } })
  return made
}

/** The same key, fingerprint and all, under another user id. */
async function rename(tx: Tx, userId: string): Promise<Selectable<OpenPgpKeyRow>> {
  const { reformatKey } = await library()
  const { privateKey } = await reformatKey({
    privateKey: await openPrivateKey(tx), userIDs: [splitUserId(userId)], date: new Date(tx.now.epochMilliseconds), format: 'object',
  })
  return tx.db.updateTable('openpgp_keys').set(await halves(tx, privateKey, userId)).where('replaced_at', 'is', null).returningAll().executeTakeFirstOrThrow()
}

async function halves(tx: Tx, privateKey: PrivateKey, userId: string) {
  const keyId = await organizationKey(tx)
  return {
    user_id: userId, key_id: keyId, public_key: Buffer.from(privateKey.toPublic().write()),
    private_key: await sealBytes(tx, keyId, boxContext(privateKey.getFingerprint()), Buffer.from(privateKey.write())),
  }
}

async function open(tx: Tx, { key_id: keyId, fingerprint, private_key: box }: Selectable<OpenPgpKeyRow>): Promise<PrivateKey> {
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
