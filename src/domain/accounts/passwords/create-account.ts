import { z } from 'zod'
import { createAccount } from '../../../access/accounts.ts'
import { verb } from '../../../verbs/verb.ts'
import { demandGoodPassword, NewPassword } from './judge-password.ts'
import { addressIn, openMailLink, useMailLink } from './mail-links.ts'

/** An account for somebody who reports weaknesses. It is no membership: it opens their own reports and nothing of the desk. */
export const createOwnAccount = verb({
  name: 'account.create', summary: 'Makes an account with the link that was mailed to its address.', may: 'public.read', entries: [],
  input: z.object({
    token: z.string().max(200),
    name: z.string().trim().min(1, 'Say what we may call you. Any name will do.').max(200),
    password: NewPassword,
  }),
  output: z.object({ account: z.uuid() }),
  async run({ tx }, { token, name, password }) {
    const link = await openMailLink(tx, 'sign-up', token, 'lock')
    const address = await addressIn(tx, link)
    await demandGoodPassword(tx, password, { name, address })
    const account = await createAccount(tx.db, tx.keyring, { name, address }, password, { judged: true })
    await useMailLink(tx, link)
    return { account }
  },
})
