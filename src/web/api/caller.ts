import type { Actor } from '../../access/actor.ts'
import { countAttempt, type Allowance } from '../../access/attempts.ts'
import { machineOf } from '../../access/keys.ts'
import type { Database } from '../../db/database.ts'
import { Unauthenticated } from '../../lib/errors.ts'

/** Generous, because everybody who comes over Tor comes from one address. */
const byNetwork: Allowance = { name: 'api network', count: 1200, perSeconds: 60 }
const byKey: Allowance = { name: 'api key', count: 6000, perSeconds: 60 }

/**
 * Who calls the API: the holder of the key in the Authorization header, or nobody. A browser's cookies count for nothing
 * here, so no page elsewhere can make a browser call it. A key that is not good is refused, never taken for nobody.
 */
export async function caller(database: Database, organizationId: string, request: Request, network: string, use: 'api' | 'assistant' = 'api'): Promise<Actor> {
  const header = request.headers.get('authorization')
  if (header === null) {
    await countAttempt(database, byNetwork, network)
    return { kind: 'nobody' }
  }
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1]
  const machine = token ? await database.read(organizationId, (tx) => machineOf(tx, token, use)) : null
  await countAttempt(database, machine ? byKey : byNetwork, machine?.keyId ?? network)
  if (!machine) throw new Unauthenticated('This key is unknown, has expired or was revoked.')
  return machine
}
