import { findAccount } from '../../access/accounts.ts'
import { countAttempt, forgetAttempts, type Allowance } from '../../access/attempts.ts'
import { passwordMatches } from '../../access/passwords.ts'
import { endSession, sessionSeconds, startSession } from '../../access/sessions.ts'
import { Refused } from '../../lib/errors.ts'
import type { Page } from '../../web/page.ts'

const perAccount: Allowance = { name: 'sign-in account', count: 10, perSeconds: 900 }
export const signInsPerNetwork: Allowance = { name: 'sign-in network', count: 50, perSeconds: 900 }

/** Signs this browser in. The answer, and the time it takes, are the same whether the address or the password is wrong. */
export async function signIn(page: Page, { address, password }: { address: string; password: string }): Promise<void> {
  const { database } = page.deps
  await countAttempt(database, perAccount, address.trim().toLowerCase())
  const account = await findAccount(database.global, database.keyring, address)
  const matches = await passwordMatches(account?.password_hash ?? null, password)
  if (!account || !matches) throw new Refused('sign_in_failed', 'The address and the password do not belong together. Check both and try again.')
  await forgetAttempts(database, perAccount, address.trim().toLowerCase())
  await enter(page, account.id)
}

/** Begins a new session and ends the one that this browser had, so that a token from before is worth nothing. */
export async function enter(page: Page, accountId: string): Promise<void> {
  await leave(page)
  page.cookies.set('session', await startSession(page.deps.database.global, accountId), sessionSeconds)
}

export async function signOut(page: Page): Promise<void> {
  await leave(page)
  page.cookies.set('session', '', 0)
}

async function leave(page: Page): Promise<void> {
  const token = page.cookies.get('session')
  if (token) await endSession(page.deps.database.global, token)
}
