import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the parameters that OWASP's password storage cheat sheet puts first: 19 MiB, two passes, one lane. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(normal(password), parameters)

/** Compared against when there is no account, so that the answer takes as long as with one. */
const nobodysHash = hashPassword('there is no such account')

/** Whether the password is the account's. Without a hash it takes as long, and is no. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? await nobodysHash, normal(password))
  return stored !== null && matches
}

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B, section 3.1.1.2). */
function normal(password: string): string { return password.normalize('NFKC') }
