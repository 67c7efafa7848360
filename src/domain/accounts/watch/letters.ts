import type { AlertKind } from '../../../access/alerts.ts'
import type { Letter } from '../../../mail/index.ts'

const sentences: Readonly<Record<AlertKind, string>> = {
  'password-guessed': 'Somebody has tried many wrong passwords for your account. None of them was right so far.',
  'factor-guessed': 'Somebody gave your password, and then several wrong codes in place of your second factor. They did not get in.',
  'unusual-entry': 'Somebody signed in to your account in a way that is new for it.',
  'closed-account': 'Somebody has tried to sign in to your account, which is closed.',
}

/** Asks the owner. It says neither from where nor with what: that is on the page. */
export const askOwner = (accountId: string, kind: AlertKind, token: string): Letter => ({
  to: { accounts: [accountId] }, subject: 'Was this you?',
  text: `${sentences[kind]}

Look at it, and say whether it was you: {link:/sign-in/alerts/${token}}

The link works once, for 14 days, and opens nothing else.`,
})

export const tellAdministrators = (to: Letter['to']): Letter => ({
  to, subject: 'Something about sign-ins needs a look',
  text: 'Avow has noticed something about how people sign in here, or try to.\n\nSee what it was: {link:/desk/sign-ins}',
})
