import { isStrongHash, passwordHashing } from '../../../access/passwords.ts'
import { storedPasswords } from '../../../access/stored-passwords.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Look } from './look.ts'

/** Undefined where no password is stored: there is nothing to see. */
export async function lookAtPasswordHashing(tx: Tx): Promise<Look | undefined> {
  const hashes = (await storedPasswords(tx)).map(({ hash }) => hash)
  if (hashes.length === 0) return undefined
  const weak = hashes.filter((hash) => !isStrongHash(hash)).length
  if (weak > 0) return { passed: false, detail: `${weak} of ${hashes.length} passwords are not hashed as strongly as promised.` }
  const least = `${passwordHashing.memoryCost} KiB and ${passwordHashing.timeCost} passes`
  return { passed: true, detail: `All ${hashes.length} passwords are hashed with Argon2id, ${least} or more.` }
}
