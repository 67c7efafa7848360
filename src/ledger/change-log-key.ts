import { parseCheckpoint, isSignedBy, type VerifierKey } from 'avow-verify'
import { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { Invalid, Refused } from '../lib/errors.ts'
import { append } from './append.ts'
import { clearFault } from './faults.ts'
import { defineKind } from './kinds.ts'
import { createSigningKey, listLogKeys, logKeyAfter, verifierKeyOf } from './signing-keys.ts'
import { newestCheckpoint } from './storage.ts'

const ofLog = { stream: 'ledger', subjects: [], marks: z.object({}), vouch: 'company', open: true } as const

export const logKeyChanged = defineKind({
  kind: 'log.key-changed',
  about: 'From the next signed state on, the log is signed with this key. The key before it signs this entry.',
  ...ofLog,
  facts: z.object({ vkey: z.string() }),
})

export const logReopened = defineKind({
  kind: 'log.reopened',
  about: 'The end of the log before this one was lost. What is left of it goes on under a new name; `lost` is the last state that it is known to have had.',
  ...ofLog,
  facts: z.object({ vkey: z.string(), lost: z.string() }),
})

/** A new key for the same log. Whoever trusts the old one can follow: it signs the entry that names the new one. */
export async function changeLogKey(tx: Tx): Promise<VerifierKey> {
  const { name, size } = await currentLog(tx)
  return createSigningKey(tx, {
    purpose: 'log', name, fromSize: size, announce: (vkey) => append(tx, logKeyChanged, { subjects: {}, marks: {}, facts: { vkey } }),
  })
}

/**
 * A new log after a restore that lost the end of the old one. To sign on under the old name would be to sign a second history, so what is left
 * goes on under a new name and key, and its first entry shows `lost`, the old log's last known state. Witnesses have to be asked anew.
 */
export async function reopenLog(tx: Tx, lost: string): Promise<VerifierKey> {
  const { key, size } = await currentLog(tx)
  const checkpoint = parseCheckpoint(lost)
  if (!(await isSignedBy(verifierKeyOf(key), checkpoint.note))) throw new Invalid({ lost: 'This is not a state that the log’s key signed.' })
  if (checkpoint.size <= size) throw new Refused('nothing_lost', `The log holds ${size} entries, which is all that this state has. It goes on as it is.`)
  await clearFault(tx)
  await tx.db.updateTable('witnesses').set({ size: 0, error: null }).execute()
  return createSigningKey(tx, {
    purpose: 'log', name: `${key.name.replace(/#[0-9]+$/, '')}#${key.number + 1}`, fromSize: size,
    announce: (vkey) => append(tx, logReopened, { subjects: {}, marks: {}, facts: { vkey, lost } }),
  })
}

async function currentLog(tx: Tx) {
  const size = (await newestCheckpoint(tx))?.size ?? 0
  const key = logKeyAfter(await listLogKeys(tx), size)
  return { key, name: key.name, size }
}
