import { findAccount } from '../../access/accounts.ts'
import { countAttempt, forgetAttempts, type Allowance } from '../../access/attempts.ts'
import { passwordMatches } from '../../access/passwords.ts'
import { Refused } from '../../lib/errors.ts'
import type { Page } from '../../web/page.ts'
import { enter } from './sessions/enter.ts'

const perAccount: Allowance = { name: 'sign-in account', count: 10, perSeconds: 900 }
export const signInsPerNetwork: Allowance = { name: 'sign-in network', count: 50, perSeconds: 900 }

/** Signs this browser in. The answer, and the time it takes, are the same whether the address or the password is wrong. */
export async function signIn(page: Page, { address, password, to }: { address: string; password: string; to: string }): Promise<Response> {
  const { database } = page.deps
  await countAttempt(database, perAccount, address.trim().toLowerCase())
  const account = await findAccount(database.global, database.keyring, address)
  const matches = await passwordMatches(account?.password_hash ?? null, password)
  if (!account || !matches) throw new Refused('sign_in_failed', 'The address and the password do not belong together. Check both and try again.')
  await forgetAttempts(database, perAccount, address.trim().toLowerCase())
  return enter(page, account.id, { method: 'password', to })
}
