import type { VerifierKey } from 'avow-verify'
import type { Tx } from '../db/tx.ts'
import { streams, type Stream } from './kinds.ts'
import { createSigningKey } from './signing-keys.ts'
import { configureStream } from './stream-settings.ts'

/** Begins the log of a new organisation: its key, and as first entries what is public when. Called once, in the transaction that makes the organisation. */
export async function openLog(tx: Tx): Promise<VerifierKey> {
  const { log_origin: origin } = await tx.db.selectFrom('organizations').select('log_origin').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
  const key = await createSigningKey(tx, { purpose: 'log', name: origin, fromSize: 0 })
  for (const [stream, setting] of Object.entries(streams)) await configureStream(tx, stream as Stream, setting)
  return key
}
