import { rolesOf } from '../../../access/memberships.ts'
import type { Tx } from '../../../db/tx.ts'
import { append } from '../../../ledger/index.ts'
import { post } from '../../../mail/index.ts'
import { factorAdded, factorRemoved, recoveryCodeUsed } from './kinds.ts'

export type Factor = 'app' | 'passkey' | 'recovery-codes'
const names: Readonly<Record<Factor, string>> = { app: 'an authenticator app', passkey: 'a passkey', 'recovery-codes': 'new recovery codes' }

/** Whoever changes how somebody enters does not do it unseen: an entry where they are of the team, and a mail to the person. */
export async function tellOfFactor(tx: Tx, accountId: string, what: 'added' | 'removed', factor: Factor): Promise<void> {
  const kind = what === 'added' ? factorAdded : factorRemoved
  if (await rolesOf(tx, accountId)) await append(as(tx, accountId), kind, { subjects: { person: accountId }, marks: { factor }, facts: {} })
  const deed = what === 'added' ? `${factor === 'recovery-codes' ? 'made' : 'added'} ${names[factor]}` : `removed ${names[factor]}`
  await tell(tx, accountId, 'Your second factor was changed', `Somebody signed in as you ${deed}.`)
}

export async function tellOfRecoveryCode(tx: Tx, accountId: string, left: number): Promise<void> {
  if (await rolesOf(tx, accountId)) await append(as(tx, accountId), recoveryCodeUsed, { subjects: { person: accountId }, marks: {}, facts: { left } })
  await tell(tx, accountId, 'A recovery code was used', `Somebody used one of your recovery codes. ${left} are left.`)
}

const tell = (tx: Tx, accountId: string, subject: string, text: string) => post(tx, {
  to: { accounts: [accountId] }, subject,
  text: `${text}\n\nIf it was you, there is nothing to do.\n\nIf it was not you, end all other sessions and change your password at once: {link:/me/sessions}`,
})

/** The deed is the person's own, also while their session still waits for this very factor. */
const as = (tx: Tx, accountId: string): Tx => ({ ...tx, actor: { kind: 'member', accountId, personName: '', roles: [] } })
