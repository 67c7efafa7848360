import { createAccount, findAccount, identityOf } from '../../../access/accounts.ts'
import { rolesOf } from '../../../access/memberships.ts'
import { personIdOf } from '../../../access/people.ts'
import { domainOf, isProved } from '../../../access/sign-in-domains.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Refused } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { lookupHash } from '../../../seal/lookup.ts'
import { learnOfPerson } from '../learn-of-person.ts'
import { settleMembership } from '../provisioning/settle-membership.ts'
import type { Vouched } from './claims.ts'
import { rolesOfGroups } from './groups.ts'
import { personLinked } from './kinds.ts'

/**
 * The account of whom the provider vouches for, as a member of this organisation. An account belongs to a person, not to an organisation: so the
 * provider is believed only about addresses whose domain the DNS has shown to be the organisation's, at each sign-in anew, and a
 * subject that was linked once stays the person it was. Throws `Refused` with a sentence for whoever stands at the door; null for somebody who
 * was of the team until now and, by the groups that the provider names, is so no longer.
 */
export async function letIn(tx: Tx, vouched: Vouched): Promise<string | null> {
  const subject = await lookupHash(tx, 'provider-subject', `${vouched.issuer}\n${vouched.subject}`)
  const linked = await tx.db.selectFrom('provider_identities').select('account_id').where('subject_hash', '=', subject).forUpdate().executeTakeFirst()
  const accountId = linked ? await stillOurs(tx, linked.account_id) : await link(tx, subject, vouched)
  await settle(tx, accountId, vouched)
  if (Object.keys(vouched.work).length > 0 && await rolesOf(tx, accountId)) await learnOfPerson(tx, await personIdOf(tx, accountId), { source: 'provider',
    ...vouched.work })
  await tx.db.updateTable('provider_identities').set({ entered_at: timestampOf(tx.now) }).where('subject_hash', '=', subject).execute()
  return await rolesOf(tx, accountId) ? accountId : null
}

async function stillOurs(tx: Tx, accountId: string): Promise<string> {
  const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', accountId).where('disabled_at', 'is', null).executeTakeFirst()
  if (!account || !await isProved(tx, domainOf((await identityOf(tx.keyring, account)).address))) throw notOurs()
  return accountId
}

/** The first time: by the address, which the provider has to have verified. */
async function link(tx: Tx, subject_hash: Buffer, { address, name, issuer, groups }: Vouched): Promise<string> {
  if (!address) throw new Refused('address_not_verified', 'Your provider does not say that your mail address is verified. Ask whoever looks after it.')
  if (!await isProved(tx, domainOf(address))) throw notOurs()
  const known = await findAccount(tx.db, tx.keyring, address)
  if (!known && (await rolesOfGroups(tx, groups ?? [])).length === 0) throw notAdmitted()
  const account_id = known?.id ?? await createAccount(tx.db, tx.keyring, { name, address }, null)
  const other = await tx.db.selectFrom('provider_identities').select('account_id').where('account_id', '=', account_id).executeTakeFirst()
  if (other) throw new Refused('address_linked_already', 'This address belonged to somebody else at your provider. Ask an administrator to end that access.')
  const now = timestampOf(tx.now)
  await tx.db.insertInto('provider_identities')
    .values({ organization_id: tx.organizationId, subject_hash, account_id, linked_at: now, entered_at: now }).execute()
  await append(tx, personLinked, { subjects: { person: account_id }, marks: {}, facts: { issuer } })
  return account_id
}

/** Whom the directory names, the directory decides about; whose access has ended, only the desk or the directory lets in again. */
async function settle(tx: Tx, accountId: string, { groups }: Vouched): Promise<void> {
  const member = await tx.db.selectFrom('memberships').select(['ended_at', 'managed_by']).where('account_id', '=', accountId).executeTakeFirst()
  if (member?.ended_at) throw new Refused('access_ended', 'Your access here has ended. Ask an administrator if that is a mistake.')
  if (member && (member.managed_by !== 'provider' || groups === null)) return
  const roles = await rolesOfGroups(tx, groups ?? [])
  if (roles.length === 0 && !member) throw notAdmitted()
  await settleMembership(tx, accountId, { by: 'provider', active: true, roles })
}

const notOurs = () => new Refused('domain_not_proved', 'Your provider cannot speak for your mail address here. Ask an administrator of the desk.')
export const notAdmitted = () => new Refused('not_admitted', 'Nobody has said yet what you may do here. Ask an administrator of the desk.')
