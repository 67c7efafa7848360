import { isKnownDevice, rememberDevice } from '../../../access/known-devices.ts'
import { newToken } from '../../../access/tokens.ts'
import type { Page } from '../../../web/page.ts'

/** Browsers keep no cookie longer (RFC 6265bis, section 5.5). */
const cookieSeconds = 400 * 24 * 3600

/** Whether this browser has entered the account before. */
export async function deviceIsKnown(page: Page, accountId: string): Promise<boolean> {
  const token = page.cookies.get('device')
  return token !== undefined && isKnownDevice(page.deps.database.global, token, accountId)
}

/** From now on this browser is one that the account's owner uses. */
export async function knowDevice(page: Page, accountId: string): Promise<void> {
  const token = page.cookies.get('device') || newToken()
  page.cookies.set('device', token, cookieSeconds)
  await rememberDevice(page.deps.database.global, token, accountId)
}
