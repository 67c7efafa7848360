import { findAccount } from '../../../access/accounts.ts'
import { countMore, countSoFar, forgetAttempts, type Tally } from '../../../access/attempts.ts'
import type { Database } from '../../../db/database.ts'
import { enqueue } from '../../../jobs/index.ts'
import type { Page } from '../../../web/page.ts'

const hour = 3600
const guesses: Tally = { name: 'guesses', perSeconds: hour }
const factorGuesses: Tally = { name: 'factor guesses', perSeconds: hour }
const byNetwork: Tally = { name: 'accounts tried from network', perSeconds: hour }
const accounts: Tally = { name: 'accounts tried', perSeconds: hour }
const strangers: Tally = { name: 'addresses tried', perSeconds: hour }
const networks: Tally = { name: 'networks trying', perSeconds: hour }

/** From how many in an hour on it is no longer somebody who has forgotten a password. Wrong codes come from somebody who knows the password. */
export const thresholds = { guesses: 10, factorGuesses: 5, accountsOfNetwork: 15, accounts: 50, networks: 10, failuresBeforeSuccess: 5 }

/** Stands for nobody where a job is about no account. */
export const nobodysId = '00000000-0000-0000-0000-000000000000'

/**
 * Counts an attempt that failed, or was not even looked at, and has a job tell of what it is part of: whoever tries cannot see from the time
 * that it takes whether there is somebody to be told. `address` as it was typed; `known` where it was found out whether it has an account.
 */
export async function countFailure(page: Page, address: string, known?: boolean): Promise<void> {
  const { database } = page.deps
  const source = normal(address)
  if (await countMore(database, guesses, source) === thresholds.guesses) {
    const account = await findAccount(database.global, database.keyring, address)
    await tell(page, 'password-guessed', account?.id ?? nobodysId, { attempts: thresholds.guesses })
  }
  if (await countDistinct(database, byNetwork, page.network, source) === thresholds.accountsOfNetwork) {
    await tell(page, 'spraying', nobodysId, { attempts: thresholds.accountsOfNetwork, networks: 1 })
  }
  if (known !== undefined) await countCrowd(page, source, known)
}

/** From many networks: a list that leaked elsewhere names mostly people who are not here; who sprays knows whom to try. */
async function countCrowd(page: Page, source: string, known: boolean): Promise<void> {
  const { deps: { database }, organization: { id } } = page
  await countDistinct(database, networks, id, page.network)
  if (await countDistinct(database, known ? accounts : strangers, id, source) === null) return
  const [here, elsewhere] = [await countSoFar(database, accounts, id), await countSoFar(database, strangers, id)]
  const from = await countSoFar(database, networks, id)
  if ((here + elsewhere) % thresholds.accounts !== 0 || from < thresholds.networks) return
  await tell(page, here >= elsewhere ? 'spraying' : 'stuffing', nobodysId, { attempts: here + elsewhere, networks: from })
}

export async function countWrongFactor(page: Page, accountId: string): Promise<void> {
  const count = await countMore(page.deps.database, factorGuesses, accountId)
  if (count === thresholds.factorGuesses) await tell(page, 'factor-guessed', accountId, { attempts: count })
}

export const tellOfClosed = (page: Page, accountId: string): Promise<void> => tell(page, 'closed-account', accountId, { attempts: 1 })

/** How often it went wrong before it went right; counting begins anew. */
export async function takeFailures(page: Page, accountId: string, address: string): Promise<number> {
  const { database } = page.deps
  const counted = [[guesses, normal(address)], [factorGuesses, accountId]] as const
  let failures = 0
  for (const [tally, source] of counted) {
    failures += await countSoFar(database, tally, source)
    await forgetAttempts(database, tally, source)
  }
  return failures
}

/** How many different things came from one source; null where this one came before. */
async function countDistinct(database: Database, tally: Tally, source: string, thing: string): Promise<number | null> {
  const first = await countMore(database, { ...tally, name: `${tally.name}, each` }, `${source}\n${thing}`) === 1
  return first ? countMore(database, tally, source) : null
}

const tell = (page: Page, what: string, account: string, { attempts, networks: from = 0 }: { attempts: number; networks?: number }) =>
  page.deps.database.write(page.organization.id, (tx) =>
    enqueue(tx, 'sign-in.attacked', { what, account, attempts, networks: from }, { key: `${what}/${account}/${from === 1 ? 'one' : 'many'}` }))

export const normal = (address: string): string => address.trim().normalize('NFKC').toLowerCase()
