import { hasSecondFactor } from '../../../access/factors.ts'
import { endSession, standardLimits, startSession, type Method } from '../../../access/sessions.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Page } from '../../../web/page.ts'
import { noticeException } from '../single-sign-on/notice-exception.ts'
import { ownPath } from './own-path.ts'

export interface Entrance {
  readonly method: Method
  /** Two factors were shown at once: a passkey that verified its user, or a provider that vouches for it. */
  readonly secondFactorShown?: boolean
  /** A path of ours to go on to. */
  readonly to?: string
}

/**
 * The only way in. Begins a new session and ends the one that this browser had, so that a token from before is worth nothing. Where the
 * account has a second factor that was not shown yet, the session opens nothing until it is.
 */
export async function enter(page: Page, accountId: string, { method, secondFactorShown = false, to = '' }: Entrance): Promise<Response> {
  const { database, sessionLimits = standardLimits } = page.deps
  await endOwn(page)
  if (method !== 'sso') await noticeException(page, accountId)
  const waits = !secondFactorShown && await hasSecondFactor(database.global, accountId)
  const how = {
    methods: [method], stage: waits ? 'second-factor' as const : 'entered' as const, confirmed: secondFactorShown,
    ...method === 'sso' && { onlyFor: page.organization.id },
  }
  page.cookies.set('session', await startSession(database.global, accountId, how, sessionLimits), sessionLimits.absoluteHours * 3600)
  return seeOther(page, waits ? `/sign-in/second-factor?to=${encodeURIComponent(to)}` : ownPath(to))
}

export async function signOut(page: Page): Promise<void> {
  await endOwn(page)
  page.cookies.set('session', '', 0)
}

async function endOwn(page: Page): Promise<void> {
  const token = page.cookies.get('session')
  if (token) await endSession(page.deps.database.global, token)
}
