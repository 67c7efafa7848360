import { z } from 'zod'
import { findKey, newSubjectKey, sealJson } from '../../seal/envelope.ts'
import { personAddressHash } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { Conflict, Invalid, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import type { Identity } from '../../access/accounts.ts'
import { learnOfPerson, type SaidOfPerson } from '../accounts/index.ts'
import { daysEntries, settleDays } from './come-and-go.ts'
import { findByAddresses } from './find-by-address.ts'
import { getPerson, identityPlace } from './person.ts'
import { Address, Day, Name, Said, whole } from './said.ts'

export const addPerson = verb({
  name: 'person.add',
  summary: 'Lists somebody of the team, with or without an account. Invited, or let in by the identity provider with the same address, they keep their place.',
  may: 'people.manage', entries: [...daysEntries],
  input: Said.extend({ name: Name, address: Address.optional() }),
  async run({ tx }, { name, address = '', ...said }) {
    if (address !== '' && (await findByAddresses(tx, [address])).size > 0) throw new Conflict('person_listed', 'Somebody with this address is listed already.')
    await demandPossible(tx, said)
    const id = await listPerson(tx, { name, address }, { source: 'hand', ...await whole(tx, said) })
    await settleDays(tx, id)
    return { person: id }
  },
})

export const changePerson = verb({
  name: 'person.change',
    summary: 'Says anew what is known of somebody of the team; what is left out is no longer known. With an account, their name stays their own.',
  may: 'people.manage', stepUp: true, entries: ['person.moved', ...daysEntries],
  input: Said.extend({ person: z.uuid(), name: Name.optional(), address: Address.optional() }),
  async run({ tx }, { person: id, name, address, ...said }) {
    const person = await getPerson(tx, id)
    await demandPossible(tx, said, id)
    if (!person.account_id && name !== undefined) await keepIdentity(tx, id, { name, address: address ?? '' })
    await learnOfPerson(tx, id, { source: 'hand', ...await whole(tx, said) })
    await settleDays(tx, id)
    return { person: id }
  },
})

export const endPerson = verb({
  name: 'person.end', summary: 'Says which day is somebody’s last: their access ends with it, and the list for leavers begins.',
  may: 'people.manage', stepUp: true, entries: [...daysEntries],
  input: z.object({ person: z.uuid(), ends_on: Day.describe('The last day; one that is over ends their access at once') }),
  async run({ tx }, { person: id, ends_on }) {
    const { left_at } = await getPerson(tx, id)
    refuseIf(left_at, 'left_already', 'They have left already.')
    await learnOfPerson(tx, id, { source: 'hand', ends_on })
    await settleDays(tx, id)
    return { person: id }
  },
})

/** What the database would refuse, in words at the field. */
async function demandPossible(tx: Tx, { starts_on, ends_on, external_id }: z.output<typeof Said>, id?: string): Promise<void> {
  if (starts_on && ends_on && ends_on < starts_on) throw new Invalid({ ends_on: 'The last day cannot be before the first.' })
  const same = external_id && await tx.db.selectFrom('people').select('id').where('external_id', '=', external_id).executeTakeFirst()
  if (same && same.id !== id) throw new Invalid({ external_id: 'Somebody else has this number.' })
}

/** Somebody who is not known yet. Their name and address are sealed under a key of their own. */
export async function listPerson(tx: Tx, identity: Identity, said: SaidOfPerson): Promise<string> {
  const id = tx.newId()
  await tx.db.insertInto('people').values({ organization_id: tx.organizationId, id, ...said }).execute()
  await keepIdentity(tx, id, identity)
  return id
}

/** Of somebody without an account. */
export async function keepIdentity(tx: Tx, id: string, identity: Identity): Promise<void> {
  const key_id = await findKey(tx, 'person', id) ?? await newSubjectKey(tx, 'person', id)
  await tx.db.updateTable('people').where('id', '=', id).set({
    key_id, identity_box: await sealJson(tx, key_id, identityPlace(id), identity),
    address_hash: identity.address === '' ? null : await personAddressHash(tx, identity.address),
  }).execute()
}

