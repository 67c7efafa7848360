import { findAccount, renewPassword } from '../../access/accounts.ts'
import { rolesOf } from '../../access/memberships.ts'
import { passwordRules } from '../../access/password-rules.ts'
import { isStrongHash, passwordMatches } from '../../access/passwords.ts'
import type { AccountRow } from '../../access/tables.ts'
import { Refused } from '../../lib/errors.ts'
import type { Page } from '../../web/page.ts'
import { faultOfPassword, longestSecret } from './passwords/judge-password.ts'
import { enter } from './sessions/enter.ts'
import { mayUsePassword, ssoFor } from './single-sign-on/sso-for.ts'
import { admit, noteAttempt } from './watch/note.ts'

interface Given { readonly address: string; readonly password: string; readonly to: string }

/** Signs this browser in. The answer, and the time it takes, are the same whatever is wrong: the address, the password, or that the account was closed. */
export async function signIn(page: Page, { address, password, to }: Given): Promise<Response> {
  const { database } = page.deps
  await admit(page, address)
  const account = await findAccount(database.global, database.keyring, address, { closed: true })
  const matches = await passwordMatches(account?.password_hash ?? null, password.slice(0, longestSecret))
  const open = account?.disabled_at === null
  if (!open || !matches || !await mayUsePassword(database, page.organization.id, { id: account.id, address })) {
    const outcome = !account ? 'unknown' : open ? 'wrong-password' : 'disabled'
    await noteAttempt(page, { accountId: account?.id ?? null, address, method: 'password', outcome })
    throw await refusal(page, address)
  }
  await renew(page, account, password)
  return enter(page, account.id, { method: 'password', to: to || await homeOf(page, account) })
}

/** Where the address's domain has to enter by the provider, everybody with such an address is told so, whether or not there is an account. */
async function refusal(page: Page, address: string): Promise<Refused> {
  const provider = await ssoFor(page.deps.database, page.organization.id, address)
  if (provider?.required) return new Refused('sign_in_by_provider', `With this address, sign in by ${provider.name}. A password is not taken.`)
  return new Refused('sign_in_failed', 'The address and the password do not belong together. Check both and try again.')
}

/** The one moment at which a password can be looked at: it is hashed as strongly as today, and judged by today's rules. */
async function renew(page: Page, account: AccountRow, password: string): Promise<void> {
  const { database } = page.deps
  if (account.password_rules === passwordRules && isStrongHash(account.password_hash!)) return
  const wrong = await page.reading((tx) => faultOfPassword(tx, account, password))
  if (wrong) page.say(`You may go on, but choose a better password soon. ${wrong}`)
  if (!wrong || !isStrongHash(account.password_hash!)) await renewPassword(database.global, account.id, password, { judged: !wrong })
}

/** The team works at the desk; a researcher comes for their reports. */
const homeOf = async (page: Page, { id }: AccountRow): Promise<string> => (await page.reading((tx) => rolesOf(tx, id))) ? '/desk' : '/me/reports'
