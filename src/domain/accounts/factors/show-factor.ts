import { countAttempt, returnAttempt, type Allowance } from '../../../access/attempts.ts'
import type { Method } from '../../../access/sessions.ts'
import type { AccountRow } from '../../../access/tables.ts'
import { Invalid, Refused } from '../../../lib/errors.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { Page } from '../../../web/page.ts'
import { admitFactor, forgiveFactor, noteAttempt } from '../watch/note.ts'
import { takePasskey } from './passkeys.ts'
import { countRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts'
import { tellOfRecoveryCode } from './tell.ts'
import { takeAppCode } from './totp.ts'

/**
 * Six digits can be guessed: three of a million are right at any moment. Twenty wrong ones a day leave one chance in 16,000. Passkeys and
 * recovery codes cannot, and stay open to the owner while somebody else tries.
 */
const wrongCodes: Allowance = { name: 'app code', count: 20, perSeconds: 86_400 }

/** What the page's fields carry: `passkey`, an answer of the browser; else `code`, of the app or a recovery code. Throws `Refused` or `Invalid`. */
export async function showFactor(page: Page, account: AccountRow, given: Entered): Promise<Method> {
  const [passkey, code] = [textOf(given, 'passkey'), textOf(given, 'code').trim()]
  if (!passkey && !code) throw new Invalid({ code: 'Enter the code that your app shows, or one of your recovery codes.' })
  const method = passkey ? 'passkey' : /^\d{3}\s?\d{3}$/.test(code) ? 'totp' : 'recovery-code'
  await admitFactor(page, account.id)
  try {
    if (method === 'passkey') await takePasskey(page, account.id, passkey)
    else await (method === 'totp' ? showAppCode(page, account, code.replace(/\s/, '')) : showRecoveryCode(page, account, code))
  } catch (error) {
    if (error instanceof Invalid || error instanceof Refused) await noteAttempt(page, { accountId: account.id, outcome: 'wrong-factor', method })
    throw error
  }
  await forgiveFactor(page, account.id)
  return method
}

async function showAppCode(page: Page, account: AccountRow, code: string): Promise<void> {
  const { database } = page.deps
  await countAttempt(database, wrongCodes, account.id)
  const right = await database.write(page.organization.id, (tx) => takeAppCode(tx, account, code))
  if (!right) throw new Invalid({ code: 'This is not the code that counts now. Each works once. Wait for the next, and look at your phone’s clock.' })
  await returnAttempt(database, wrongCodes, account.id)
}

async function showRecoveryCode(page: Page, account: AccountRow, code: string): Promise<void> {
  await page.deps.database.write(page.organization.id, async (tx) => {
    const right = await takeRecoveryCode(tx, account.id, code)
    if (!right) throw new Invalid({ code: 'This is none of your recovery codes, or it was used before. Each works once.' })
    await tellOfRecoveryCode(tx, account.id, await countRecoveryCodes(tx, account.id))
  })
}
