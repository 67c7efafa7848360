import { z } from 'zod'
import { createAccount, findAccount } from '../../../access/accounts.ts'
import { domainOf, isProved } from '../../../access/sign-in-domains.ts'
import type { Tx } from '../../../db/tx.ts'
import { Refused } from '../../../lib/errors.ts'
import { parse } from '../../../verbs/parse.ts'
import { verb } from '../../../verbs/verb.ts'
import { patched, PatchOperation } from './patch.ts'
import { membershipEntries, settleMembership } from './settle-membership.ts'
import { settleKnown, settleUser } from './settle-user.ts'
import { addressOf, keepUser, listed, lockUser, nameOf, openUser, User, userAttributes, usersIn, type ListedUser } from './users.ts'
import { userFrom } from './scim-json.ts'

const entries = [...membershipEntries]

export const createUser = verb({
  name: 'directory-user.create', summary: 'The directory names somebody of the team (SCIM).', may: 'people.provision', entries, input: User,
  async run({ tx }, user): Promise<ListedUser> {
    const id = tx.newId()
    await keepUser(tx, id, await accountFor(tx, user), user)
    return settled(tx, id)
  },
})

/** As with single sign-on: an account belongs to its person, so the directory is believed about the organisation's own domains alone. */
async function accountFor(tx: Tx, user: User) {
  const address = addressOf(user)
  if (!address) throw new Refused('invalidValue', 'A user needs a mail address: in emails, or as the userName.')
  if (!await isProved(tx, domainOf(address))) throw new Refused('invalidValue', `The organisation has not shown that ${domainOf(address)} is its domain.`)
  const known = await findAccount(tx.db, tx.keyring, address)
  if (!known) await createAccount(tx.db, tx.keyring, { name: nameOf(user), address }, null)
  return known ?? (await findAccount(tx.db, tx.keyring, address))!
}

export const replaceUser = verb({
  name: 'directory-user.replace', summary: 'The directory says anew what somebody is (SCIM PUT).', may: 'people.provision', entries,
  input: User.extend({ id: z.uuid() }),
  async run({ tx }, { id, ...user }): Promise<ListedUser> {
    const row = await lockUser(tx, id)
    await keepUser(tx, id, { id: row.account_id, key_epoch: row.key_epoch, wrapped_key: row.wrapped_key }, user)
    return settled(tx, id)
  },
})

export const patchUser = verb({
  name: 'directory-user.patch', summary: 'The directory changes some of what it said of somebody (SCIM PATCH); active: false ends all access at once.',
  may: 'people.provision', entries,
  input: z.object({ id: z.uuid(), operations: z.array(PatchOperation).min(1).max(100) }),
  async run({ tx }, { id, operations }): Promise<ListedUser> {
    const row = await lockUser(tx, id)
    const user = parse(User, userFrom(patched({ ...await openUser(tx, row) }, operations, userAttributes)))
    await keepUser(tx, id, { id: row.account_id, key_epoch: row.key_epoch, wrapped_key: row.wrapped_key }, user)
    return settled(tx, id)
  },
})

export const removeUser = verb({
  name: 'directory-user.remove', summary: 'The directory names somebody no longer (SCIM DELETE): their access ends at once.', may: 'people.provision', entries,
  input: z.object({ id: z.uuid() }),
  async run({ tx }, { id }) {
    const { account_id } = await lockUser(tx, id)
    await settleMembership(tx, account_id, { by: 'directory', active: false, roles: [] })
    await tx.db.deleteFrom('directory_users').where('id', '=', id).execute()
  },
})

async function settled(tx: Tx, id: string): Promise<ListedUser> {
  const row = await usersIn(tx).where('directory_users.id', '=', id).executeTakeFirstOrThrow()
  await settleUser(tx, row)
  await settleKnown(tx, row.account_id, await openUser(tx, row))
  return (await listed(tx, [row]))[0]!
}
