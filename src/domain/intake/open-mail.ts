import type { Database } from '../../db/database.ts'
import { openingKeys } from '../contact/index.ts'
import { knownKeysOf } from '../correspondence/index.ts'
import { getReport } from '../reports/index.ts'
import { placeOf } from './place.ts'
import { readApart } from './reading/read-apart.ts'
import type { Apart } from './reading/thread.ts'

interface Sent { readonly recipients: readonly string[]; readonly intake: string | null }

/** A mail taken apart, and decrypted where it was encrypted to us. */
export async function openMail(database: Database, organizationId: string, raw: Buffer, sent: Sent): Promise<Apart> {
  const outside = await readApart({ raw })
  const { read: mail, mayBeSealed } = outside
  if ('unreadable' in mail || !mayBeSealed) return outside
  const keys = await database.read(organizationId, async (tx) => {
    const { report } = await placeOf(tx, { mail, unreadable: '', vouching: null, ...sent })
    return openingKeys(tx, report ? await knownKeysOf(tx, await getReport(tx, { kind: 'system', job: 'message.receive' }, report)) : [])
  })
  return readApart({ raw, keys })
}
