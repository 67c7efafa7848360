import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { rolesOf } from '../../../access/memberships.ts'
import { NotFound } from '../../../lib/errors.ts'
import { post } from '../../../mail/index.ts'
import { verb } from '../../../verbs/verb.ts'
import { letterOfReset } from './ask-for-mail.ts'
import { lockAccount } from './change-password.ts'

export const mailReset = verb({
  name: 'password.mail-reset', summary: 'Mails a member the link to choose a new password. Nobody else learns the link, or the password.',
  may: 'access.manage', stepUp: true, entries: [],
  input: z.object({ member: z.uuid() }),
  async run({ tx }, { member }) {
    if (!await rolesOf(tx, member)) throw new NotFound()
    const { address } = await identityOf(tx.keyring, await lockAccount(tx, member))
    await post(tx, await letterOfReset(tx, member, address))
  },
})
