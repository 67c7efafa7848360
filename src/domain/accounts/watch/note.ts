import { identityOf } from '../../../access/accounts.ts'
import { recordSignIn } from '../../../access/sign-ins.ts'
import type { Method } from '../../../access/sessions.ts'
import { enqueue } from '../../../jobs/index.ts'
import type { Page } from '../../../web/page.ts'
import { forgive, forgiveFactor } from './admit.ts'
import { countFailure, countWrongFactor, nobodysId, takeFailures, tellOfClosed } from './count-failure.ts'
import { countryOf } from './country.ts'
import { deviceIsKnown, knowDevice } from './device.ts'
import { deviceWords } from './device-words.ts'

export { admit, admitFactor, forgiveFactor } from './admit.ts'

export interface Attempt {
  /** Null where there is no such account. */
  readonly accountId: string | null
  /** What was typed, where something was. */
  readonly address?: string
  /** `entered`: wholly, the second factor shown; to be noted once for each session. `disabled`: of an account that was closed. */
  readonly outcome: 'entered' | 'wrong-password' | 'wrong-factor' | 'disabled' | 'unknown'
  readonly method: Method
}

/** Counts one attempt to enter, notices what it is part of, and has a job tell whom it concerns. To be called after the secret was looked at. */
export async function noteAttempt(page: Page, { accountId, address = '', outcome, method }: Attempt): Promise<void> {
  if (outcome === 'entered') return accountId === null ? undefined : noteEntry(page, accountId, method)
  if (outcome === 'wrong-factor') return accountId === null ? undefined : countWrongFactor(page, accountId)
  await countFailure(page, address, accountId !== null)
  // Queued for every address, so that no answer takes longer than another: about nobody, the job does nothing.
  await tellOfClosed(page, outcome === 'disabled' && accountId !== null ? accountId : nobodysId)
}

/** What is unusual about it a job finds out: whoever enters does not wait for it. */
async function noteEntry(page: Page, accountId: string, method: Method): Promise<void> {
  const { database } = page.deps
  const account = await database.global.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow()
  const { address } = await identityOf(database.keyring, account)
  const newDevice = !await deviceIsKnown(page, accountId)
  // With a browser of their own the owner is in no doubt, and what strangers tried goes on counting.
  const failures = newDevice ? await takeFailures(page, accountId, address) : 0
  await forgive(page, address)
  await forgiveFactor(page, accountId)
  await knowDevice(page, accountId)
  const signIn = { method, device: deviceWords(page.request.headers.get('user-agent')), country: await countryOf(page.network) }
  await database.write(page.organization.id, async (tx) => {
    const id = await recordSignIn(tx, account, signIn)
    await enqueue(tx, 'sign-in.look', { account: accountId, signIn: id, newDevice, failures })
  })
}
