import { z } from 'zod'
import type { AccountRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { verb } from '../../../verbs/verb.ts'
import { lockAccount, replacePassword } from './change-password.ts'
import { NewPassword } from './judge-password.ts'
import { openMailLink, staleLink, useMailLink } from './mail-links.ts'
import type { MailLinkRow } from './tables.ts'

export const resetPassword = verb({
  name: 'password.reset', summary: 'Sets a new password with the link that was mailed. It signs nobody in, and a second factor is asked for as ever.',
  may: 'public.read', entries: ['person.password-changed'],
  input: z.object({ token: z.string().max(200), password: NewPassword }),
  async run({ tx }, { token, password }) {
    const link = await openMailLink(tx, 'reset', token, 'lock')
    const account = await lockAccount(tx, link.account_id!)
    demandFresh(link, account)
    await replacePassword(tx, account, { password, by: 'mailed link' })
    await useMailLink(tx, link)
  },
})

/** Throws `NotFound` where the link is not good, or no longer. */
export async function lookAtReset(tx: Tx, token: string): Promise<void> {
  const link = await openMailLink(tx, 'reset', token, 'look')
  demandFresh(link, await tx.db.selectFrom('accounts').selectAll().where('id', '=', link.account_id!).executeTakeFirstOrThrow())
}

/** A link from before the last change of the password is worth nothing, in whichever organisation it was made. */
function demandFresh(link: MailLinkRow, { password_set_at, disabled_at }: AccountRow): void {
  if (disabled_at || (password_set_at && password_set_at >= link.created_at)) throw staleLink()
}
