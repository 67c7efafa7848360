import type { Letter } from '../../../mail/index.ts'

/* Each says what happened and what to do if it was somebody else. None carries a password, a name or an address. */

export const resetLetter = (accountId: string, path: string): Letter => toPerson(accountId, 'Choose a new password',
  'Somebody asked for a new password for your account. Open this page within 30 minutes to choose it:',
  `{link:${path}}`,
  'If it was not you, do nothing: your password stays as it is.')

export const resetByProviderLetter = (accountId: string): Letter => toPerson(accountId, 'You sign in without a password',
  'Somebody asked for a new password for your account. Here you sign in with your organisation’s own sign-in, and need none:',
  '{link:/sign-in}',
  'If it was not you, do nothing.')

export const signUpLetter = (address: string, path: string): Letter => ({
  to: { address }, subject: 'Make your account',
  text: paragraphs(
    'Somebody asked for an account with this address. Open this page within a day to make it:',
    `{link:${path}}`,
    'If it was not you, do nothing: there is no account then.'),
})

export const haveAccountLetter = (accountId: string): Letter => toPerson(accountId, 'You have an account already',
  'Somebody asked for an account with this address. There is one already, so sign in:',
  '{link:/sign-in}',
  'Have you forgotten your password? Choose a new one:',
  '{link:/sign-in/forgotten}')

export const passwordChangedLetter = (accountId: string): Letter => toPerson(accountId, 'Your password was changed',
  'Your password was changed just now, and you were signed out in every other browser.',
  'If it was not you, choose another one at once, and tell an administrator:',
  '{link:/sign-in/forgotten}')

export const recoveryNotice = (accountId: string, refusePath: string): Letter => toPerson(accountId, 'Your second factor is about to be removed',
  'An administrator asked to remove your second factor, because you have lost it. A second administrator has to agree, and then you get another mail.',
  'If you have not lost it, stop this now:',
  `{link:${refusePath}}`)

export const recoveryLetter = (accountId: string, path: string): Letter => toPerson(accountId, 'Remove your lost second factor',
  'Two administrators agreed that your second factor is lost. Open this page within three days to remove it. Then sign in and add a new one:',
  `{link:${path}}`,
  'If you have not lost it, tell an administrator, and do not open the page.')

export const recoveryDoneLetter = (accountId: string): Letter => toPerson(accountId, 'Your second factor was removed',
  'Your second factor was removed just now, and you were signed out everywhere. Sign in and add a new one:',
  '{link:/sign-in}')

export const recoveryForAdministrators = (accounts: readonly string[], sentence: string): Letter => ({
  to: { accounts }, subject: 'A lost second factor', text: paragraphs(`${sentence} Look at it here:`, '{link:/desk/recoveries}'),
})

const toPerson = (accountId: string, subject: string, ...text: readonly string[]): Letter =>
  ({ to: { accounts: [accountId] }, subject, text: paragraphs(...text) })

const paragraphs = (...text: readonly string[]): string => text.join('\n\n')
