import { findAccount } from '../../../access/accounts.ts'
import { pass, type Lane } from '../../../access/lanes.ts'
import type { Page } from '../../../web/page.ts'
import { deviceIsKnown } from './device.ts'

const quarterHour = 15 * 60
const day = 24 * 3600

/** A browser that its owner has entered with before has a lane of its own, so that nobody else's guesses keep the owner out. */
const ownDevice: Lane = { name: 'sign-in device', free: 10, longestWaitSeconds: quarterHour, forgetSeconds: day }
/** Strangers: few guesses for one account from one network, some more from all networks together, and many for all accounts from one network. */
const stranger: Lane = { name: 'sign-in stranger', free: 5, longestWaitSeconds: quarterHour, forgetSeconds: day }
const account: Lane = { name: 'sign-in account', free: 20, longestWaitSeconds: quarterHour, forgetSeconds: day }
const network: Lane = { name: 'sign-in network', free: 50, longestWaitSeconds: 60, forgetSeconds: 3600 }
/** Whoever guesses at a second factor knows the password already. Six digits stand a few guesses, not many. */
const factor: Lane = { name: 'sign-in factor', free: 5, longestWaitSeconds: quarterHour, forgetSeconds: day }

/**
 * To be called before a password is looked at. Throws `TooMany` where this address, or this network, has to wait. It is the same for an
 * address without an account, and asks the database the same.
 */
export async function admit(page: Page, address: string): Promise<void> {
  const { database } = page.deps
  const source = address.trim().normalize('NFKC').toLowerCase()
  if (page.cookies.get('device')) {
    const owner = await findAccount(database.global, database.keyring, address)
    if (await deviceIsKnown(page, owner?.id ?? nobodysId)) return pass(database, ownDevice, deviceOf(page, source))
  }
  await pass(database, stranger, `${source}\n${page.network}`)
  await pass(database, account, source)
  await pass(database, network, page.network)
}

/** The same before the second factor of an account is looked at, whose first one was right, and before one that is to confirm something. */
export async function admitFactor(page: Page, accountId: string): Promise<void> {
  const known = await deviceIsKnown(page, accountId)
  await pass(page.deps.database, factor, known ? deviceOf(page, accountId) : accountId)
}

const deviceOf = (page: Page, source: string): string => `${source}\n${page.cookies.get('device')}`

const nobodysId = '00000000-0000-0000-0000-000000000000'
