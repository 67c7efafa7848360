import { passwordHashes } from '../../../access/memberships.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Look } from './look.ts'

/** What OWASP's password storage cheat sheet asks for at least: 19 MiB and two passes. */
const LEAST = { memoryKiB: 19_456, passes: 2 }

/** Undefined where no password is stored: there is nothing to see. */
export async function lookAtPasswordHashing(tx: Tx): Promise<Look | undefined> {
  const hashes = await passwordHashes(tx)
  if (hashes.length === 0) return undefined
  const weak = hashes.filter((hash) => !isStrong(hash)).length
  if (weak > 0) return { passed: false, detail: `${weak} of ${hashes.length} passwords are not hashed as strongly as promised.` }
  return { passed: true, detail: `All ${hashes.length} passwords are hashed with Argon2id, ${LEAST.memoryKiB} KiB and ${LEAST.passes} passes or more.` }
}

/** In the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$…`. */
export function isStrong(hash: string): boolean {
  const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/.exec(hash) ?? []
  return Number(memory) >= LEAST.memoryKiB && Number(passes) >= LEAST.passes
}
