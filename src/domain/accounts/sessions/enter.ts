import { hasSecondFactor } from '../../../access/factors.ts'
import { sealPersonal } from '../../../access/personal-box.ts'
import { endSession, standardLimits, startSession, type Method } from '../../../access/sessions.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Page } from '../../../web/page.ts'
import { noticeException } from '../single-sign-on/notice-exception.ts'
import { deviceWords } from '../watch/device-words.ts'
import { noteAttempt } from '../watch/note.ts'
import { ownPath } from './own-path.ts'
import { placeWords } from './place-words.ts'

export interface Entrance {
  readonly method: Method
  /** Two factors were shown at once: a passkey that verified its user, or a provider that vouches for it. */
  readonly secondFactorShown?: boolean
  /** When, if that was not just now: what is dangerous asks for one that was shown minutes ago. */
  readonly shownAt?: Date
  /** A path of ours to go on to. */
  readonly to?: string
}

/**
 * The only way in. Begins a new session and ends the one that this browser had, so that a token from before is worth nothing. Where the
 * account has a second factor that was not shown yet, the session opens nothing until it is.
 */
export async function enter(page: Page, accountId: string, { method, secondFactorShown = false, shownAt = new Date(), to = '' }: Entrance): Promise<Response> {
  const { database, sessionLimits = standardLimits } = page.deps
  await endOwn(page)
  if (method !== 'sso') await noticeException(page, accountId)
  const waits = !secondFactorShown && await hasSecondFactor(database.global, accountId)
  const how = {
    methods: [method], stage: waits ? 'second-factor' as const : 'entered' as const, confirmed: secondFactorShown, confirmedAt: shownAt,
    deviceBox: await deviceBox(page, accountId),
    ...method === 'sso' && { onlyFor: page.organization.id },
  }
  page.cookies.set('session', await startSession(database.global, accountId, how, sessionLimits), sessionLimits.absoluteHours * 3600)
  page.cookies.set('forms', '', 0)
  if (!waits) await noteAttempt(page, { accountId, outcome: 'entered', method })
  return seeOther(page, waits ? `/sign-in/second-factor?to=${encodeURIComponent(to)}` : ownPath(to))
}

export async function signOut(page: Page): Promise<void> {
  await endOwn(page)
  for (const cookie of ['session', 'forms']) page.cookies.set(cookie, '', 0)
}

/** What the person is told of a session, to know it again. */
export interface Device { readonly browser: string; readonly place: string }
export const devicePlace = 'session/device'

async function deviceBox(page: Page, accountId: string): Promise<Buffer> {
  const { keyring, global } = page.deps.database
  const owner = await global.selectFrom('accounts').select(['id', 'key_epoch', 'wrapped_key']).where('id', '=', accountId).executeTakeFirstOrThrow()
  const device: Device = { browser: deviceWords(page.request.headers.get('user-agent')), place: await placeWords(page.network) }
  return sealPersonal(keyring, owner, devicePlace, device)
}

async function endOwn(page: Page): Promise<void> {
  const token = page.cookies.get('session')
  if (token) await endSession(page.deps.database.global, token)
}
