import { findAccount } from '../../../access/accounts.ts'
import { forgetAttempts } from '../../../access/attempts.ts'
import { pass, type Lane } from '../../../access/lanes.ts'
import { TooMany } from '../../../lib/errors.ts'
import type { Page } from '../../../web/page.ts'
import { countFailure, nobodysId, normal } from './count-failure.ts'
import { deviceIsKnown } from './device.ts'

const quarterHour = 15 * 60
const day = 24 * 3600

/** A browser that its owner has entered with before has a lane of its own, so that nobody else's guesses keep the owner out. */
const ownDevice: Lane = { name: 'sign-in device', free: 10, longestWaitSeconds: quarterHour, forgetSeconds: day }
/** Strangers: few guesses for one account from one network, some more from all networks together, and many for all accounts from one network. */
const stranger: Lane = { name: 'sign-in stranger', free: 5, longestWaitSeconds: quarterHour, forgetSeconds: day }
const account: Lane = { name: 'sign-in account', free: 20, longestWaitSeconds: quarterHour, forgetSeconds: day }
const network: Lane = { name: 'sign-in network', free: 50, longestWaitSeconds: 60, forgetSeconds: 3600 }
/** Whoever guesses at a code knows the password already. Of six digits three are right at any moment: they stand a few guesses, not many. */
const factor: Lane = { name: 'sign-in factor', free: 5, longestWaitSeconds: quarterHour, forgetSeconds: day }

/**
 * To be called before a password is looked at. Throws `TooMany` where this address, or this network, has to wait. It is the same for an
 * address without an account, and asks the database the same.
 */
export async function admit(page: Page, address: string): Promise<void> {
  try {
    for (const [lane, source] of await lanesOf(page, address)) await pass(page.deps.database, lane, source)
  } catch (error) {
    if (error instanceof TooMany) await countFailure(page, address)
    throw error
  }
}

/** The same before a code of the account's second factor is looked at. */
export async function admitFactor(page: Page, accountId: string): Promise<void> {
  await pass(page.deps.database, factor, await factorSource(page, accountId))
}

/** The right password was given: what came before it in the same lane need not slow down the next time. */
export async function forgive(page: Page, address: string): Promise<void> {
  const source = normal(address)
  await forgetAttempts(page.deps.database, stranger, `${source}\n${page.network}`)
  await forgetAttempts(page.deps.database, ownDevice, deviceOf(page, source))
}

export const forgiveFactor = async (page: Page, accountId: string): Promise<void> =>
  forgetAttempts(page.deps.database, factor, await factorSource(page, accountId))

async function lanesOf(page: Page, address: string): Promise<readonly (readonly [Lane, string])[]> {
  const { global, keyring } = page.deps.database
  const source = normal(address)
  if (page.cookies.get('device')) {
    const owner = await findAccount(global, keyring, address)
    if (await deviceIsKnown(page, owner?.id ?? nobodysId)) return [[ownDevice, deviceOf(page, source)]]
  }
  return [[stranger, `${source}\n${page.network}`], [account, source], [network, page.network]]
}

const factorSource = async (page: Page, accountId: string): Promise<string> =>
  await deviceIsKnown(page, accountId) ? deviceOf(page, accountId) : accountId

const deviceOf = (page: Page, source: string): string => `${source}\n${page.cookies.get('device')}`
