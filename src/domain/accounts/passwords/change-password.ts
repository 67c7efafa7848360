import { z } from 'zod'
import { identityOf, setPassword } from '../../../access/accounts.ts'
import { hasSecondFactor } from '../../../access/factors.ts'
import { rolesOf } from '../../../access/memberships.ts'
import { passwordMatches } from '../../../access/passwords.ts'
import { endSessionsOf } from '../../../access/sessions.ts'
import type { AccountRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, refuseIf, Unauthenticated } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { post } from '../../../mail/index.ts'
import { verb } from '../../../verbs/verb.ts'
import { demandGoodPassword, NewPassword, Secret } from './judge-password.ts'
import { passwordChanged } from './kinds.ts'
import { passwordChangedLetter } from './letters.ts'

export const changePassword = verb({
  name: 'password.change', summary: 'Sets another password of your own, and signs you out in every other browser.',
  may: 'account.own', entries: ['person.password-changed'],
  input: z.object({ current: Secret.min(1, 'Enter the password that you have now.'), password: NewPassword }),
  async run({ tx, actor }, { current, password }) {
    if (actor.kind !== 'member' && actor.kind !== 'person') throw new Unauthenticated()
    const unconfirmed = !actor.confirmed && await hasSecondFactor(tx.db, actor.accountId)
    refuseIf(unconfirmed, 'confirm_first', 'Some time has passed. Load this page again and confirm that it is you.')
    const account = await lockAccount(tx, actor.accountId)
    refuseIf(!account.password_hash, 'no_password', 'Your account has no password. Ask for one on the page “Forgot your password?”.')
    if (!await passwordMatches(account.password_hash, current)) throw new Invalid({ current: 'This is not the password that you have now.' })
    if (password === current) throw new Invalid({ password: 'This is the password that you have. Choose another.' })
    await replacePassword(tx, account, { password, by: 'own password', ...actor.sessionId && { keep: actor.sessionId } })
  },
})

export const lockAccount = (tx: Tx, id: string): Promise<AccountRow> =>
  tx.db.selectFrom('accounts').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

interface Replacement { readonly password: string; readonly by: 'own password' | 'mailed link'; readonly keep?: string }

/** Judges and sets it, ends every session but the one to keep, and tells the person. An entry is written where they are of the team. */
export async function replacePassword(tx: Tx, account: AccountRow, { password, by, keep }: Replacement): Promise<void> {
  await demandGoodPassword(tx, password, await identityOf(tx.keyring, account))
  await setPassword(tx.db, account.id, password)
  await endSessionsOf(tx.db, account.id, keep === undefined ? {} : { except: keep })
  if (await rolesOf(tx, account.id)) await append(tx, passwordChanged, { subjects: { person: account.id }, marks: { by }, facts: {} })
  await post(tx, passwordChangedLetter(account.id))
}
