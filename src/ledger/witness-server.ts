import {
  cosign, emptyRoot, equal, formatSignature, isSignedBy, Malformed, parseAddCheckpoint, parseCheckpoint, parseVkey, verifyConsistency,
  type AddCheckpoint, type SignedCheckpoint,
} from 'avow-verify'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { createSigningKey, listSigningKeys, openSigner, vkeyOf } from './signing-keys.ts'
import type { SigningKeyRow } from './tables.ts'

/** What a witness answers, c2sp.org/tlog-witness. `size` goes with 409 and says what it cosigned last. */
export type WitnessAnswer =
  | { readonly status: 200; readonly cosignature: string }
  | { readonly status: 400 | 403 | 404 | 422 }
  | { readonly status: 409; readonly size: number }

/** Trusts a log's key from now on: this organisation cosigns what the log signs as long as it only grows. */
export async function witnessLog(tx: Tx, vkey: string): Promise<void> {
  const { name: origin } = parseVkey(vkey)
  const log = { organization_id: tx.organizationId, origin, vkey, root: null, added_at: timestampOf(tx.now) }
  await tx.db.insertInto('witnessed_logs').values(log)
    .onConflict((conflict) => conflict.columns(['organization_id', 'origin']).doUpdateSet({ vkey })).execute()
  await witnessKey(tx)
}

/** The key that makes this organisation's cosignatures, made when it is first asked for in a writing transaction. */
export async function witnessKey(tx: Tx): Promise<SigningKeyRow> {
  const known = (await listSigningKeys(tx, 'witness')).at(-1)
  if (known) return known
  const { log_origin: origin } = await tx.db.selectFrom('organizations').select('log_origin').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
  await createSigningKey(tx, { purpose: 'witness', name: `${origin}/witness`, fromSize: 0 })
  return (await listSigningKeys(tx, 'witness')).at(-1)!
}

/** Undefined where nothing is witnessed yet. */
export async function witnessVkey(tx: Tx): Promise<string | undefined> {
  const key = (await listSigningKeys(tx, 'witness')).at(-1)
  return key && vkeyOf(key)
}

/**
 * Cosigns a checkpoint if it only adds to the last one that was cosigned. The log's row stays locked from the check to the commit, and the answer
 * goes out after it, so that of two requests one sees what the other did.
 */
export async function addCheckpoint(tx: Tx, body: string): Promise<WitnessAnswer> {
  const request = parsed(body)
  if (!request) return { status: 400 }
  const { checkpoint, oldSize } = request
  const log = await tx.db.selectFrom('witnessed_logs').selectAll().where('origin', '=', checkpoint.origin).forUpdate().executeTakeFirst()
  if (!log) return { status: 404 }
  if (!(await isSignedBy(parseVkey(log.vkey), checkpoint.note))) return { status: 403 }
  if (oldSize > checkpoint.size) return { status: 400 }
  if (oldSize !== log.size) return { status: 409, size: log.size }
  const oldRoot = log.root ?? emptyRoot()
  if (oldSize === checkpoint.size && !equal(oldRoot, checkpoint.root)) return { status: 409, size: log.size }
  if (!verifyConsistency(oldSize, checkpoint.size, request.proof, oldRoot, checkpoint.root)) return { status: 422 }
  await tx.db.updateTable('witnessed_logs').set({ size: checkpoint.size, root: Buffer.from(checkpoint.root) }).where('origin', '=', checkpoint.origin).execute()
  const signer = await openSigner(tx, await witnessKey(tx))
  return { status: 200, cosignature: formatSignature(await cosign(checkpoint.note.text, signer, Math.floor(tx.now.epochMilliseconds / 1000))) }
}

function parsed(body: string): (Omit<AddCheckpoint, 'checkpoint'> & { checkpoint: SignedCheckpoint }) | undefined {
  try {
    const request = parseAddCheckpoint(body)
    return { ...request, checkpoint: parseCheckpoint(request.checkpoint) }
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
