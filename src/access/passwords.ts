import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters that OWASP's password storage cheat sheet puts first: 19 MiB, two passes, one lane. The one place that says so. */
export const passwordHashing = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B-4, section 3.1.1.2). */
export const normalPassword = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normalPassword(password), passwordHashing)

/** Compared against when there is no account, so that the answer takes as long as with one. */
const nobodysHash = hashPassword('there is no such account')

/** Whether the password is the account's. Without a hash it takes as long, and is no. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? await nobodysHash, normalPassword(password))
  return stored !== null && matches
}

/** Whether a hash in the PHC string format (`$argon2id$v=19$m=19456,t=2,p=1$…`) took as much work as one of today. */
export function isStrongHash(stored: string): boolean {
  const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/.exec(stored) ?? []
  return Number(memory) >= passwordHashing.memoryCost && Number(passes) >= passwordHashing.timeCost
}
