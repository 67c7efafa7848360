import { accountOf } from '../../access/people.ts'
import { holdersOf, membersWith } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { writeJob, type Job } from '../../jobs/index.ts'
import { onEntry } from '../../ledger/index.ts'
import { post } from '../../mail/index.ts'
import { findPerson, isHere, onDays, todayIn } from '../people/index.ts'
import { openChecklist, shiftChecklist } from './checklists.ts'

/** So long after their first day somebody is no joiner any more, who is only now listed. */
const joinerDays = 30

/** Whatever verb wrote it: the list of a joiner, a mover or a leaver begins with the entry, or with a day that is still to come. */
export function followPeople(): void {
  onDays(async (tx, person, today) => {
    const { id, starts_on: starts, ends_on: ends } = person
    if (ends === null) await shiftChecklist(tx, id, 'leaver', null)
    else if (!person.left_at || ends > today) await openChecklist(tx, id, 'leaver', ends)
    if (!isHere(person) && starts !== null && starts > today) await openChecklist(tx, id, 'joiner', starts)
  })
  onEntry(['person.joined'], async (tx, { subjects: { person } }) => {
    const [one, today] = [await findPerson(tx, person!), await todayIn(tx)]
    if (!one) return
    const first = one.starts_on ?? (one.source === 'csv' ? null : today)
    if (first && first >= Temporal.PlainDate.from(today).subtract({ days: joinerDays }).toString()) await openChecklist(tx, one.id, 'joiner', first)
  })
  onEntry(['person.moved', 'person.roles-changed'], async (tx, { subjects: { person } }) => {
    if (await findPerson(tx, person!)) await openChecklist(tx, person!, 'mover', await todayIn(tx))
  })
  onEntry(['person.left'], async (tx, { subjects: { person } }) => {
    const one = await findPerson(tx, person!)
    if (one) await openChecklist(tx, one.id, 'leaver', one.ends_on ?? await todayIn(tx))
  })
}

/** One letter to each owner of something that is due, and again each week that it is late. It says neither what nor about whom. */
export async function remindOwners(tx: Tx): Promise<void> {
  const weekAgo = timestampOf(tx.now.subtract({ hours: 7 * 24 }))
  const due = await tx.db.selectFrom('checklist_items').innerJoin('checklists', 'checklists.id', 'checklist_id').select(['checklist_items.id', 'owner_id',
    'owner_role'])
    .where('done_at', 'is', null).where('closed_at', 'is', null).where('due_on', '<=', await todayIn(tx))
    .where((is) => is.or([is('reminded_at', 'is', null), is('reminded_at', '<=', weekAgo)])).execute()
  if (due.length === 0) return
  await tx.db.updateTable('checklist_items').set({ reminded_at: timestampOf(tx.now) }).where('id', 'in', due.map(({ id }) => id)).execute()
  const owners = await Promise.all(due.map(({ owner_id, owner_role }) => accountsFor(tx, owner_id, owner_role)))
  await post(tx, { to: { accounts: [...new Set(owners.flat())] }, subject: 'Something on a checklist is due',
    text: 'Something for somebody who comes, moves or goes is yours to do, and it is due:\n\n{link:/me/checklist}' })
}

/** What nobody with an account owns is for whoever looks after the people. */
async function accountsFor(tx: Tx, ownerId: string | null, ownerRole: string | null): Promise<string[]> {
  const account = ownerId && await accountOf(tx, ownerId)
  if (account) return [account]
  const holders = ownerRole ? await membersWith(tx, (roles) => roles.includes(ownerRole)) : []
  return holders.length > 0 ? holders : holdersOf(tx, 'people.manage')
}

export const checklistJobs: readonly Job[] = [writeJob('checklists.remind', '30 7 * * 1-5', remindOwners)]
