import type { AlertKind, Noticed } from '../../../access/alerts.ts'
import { countryName } from './country.ts'

/** What was noticed, in one or two sentences to the owner of the account. */
export function alertWords(kind: AlertKind, noticed: Noticed): string {
  if (kind === 'password-guessed') return `Somebody tried ${noticed.attempts} or more wrong passwords for your account within an hour. None was right then.`
  if (kind === 'factor-guessed') return 'Somebody gave your password, and then several wrong codes in place of your second factor. They did not get in.'
  if (kind === 'closed-account') return 'Somebody tried to sign in while your account was closed.'
  return [`Somebody signed in to your account with ${methodWords(noticed.method)}.`, ...noticed.reasons.map((reason) => reasonWords(reason, noticed))].join(' ')
}

function reasonWords(reason: Noticed['reasons'][number], { attempts, country, from }: Noticed): string {
  if (reason === 'new-device') return 'The browser is one that you had not used here before.'
  if (reason === 'after-failures') return `${attempts} wrong passwords or codes came before.`
  return `The network is too far from the last one (${placeName(from)}, then ${placeName(country)}): nobody travels so fast.`
}

export const placeName = (country: string | null): string => country ? countryName(country) : 'a place that is not known'

export const methodWords = (method: string): string => ({
  password: 'your password', passkey: 'a passkey', totp: 'your password and a code', 'recovery-code': 'your password and a recovery code',
  sso: 'single sign-on',
} as Record<string, string>)[method] ?? 'your password'
