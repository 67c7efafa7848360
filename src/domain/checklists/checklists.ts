import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import { personBehind } from '../../access/person-behind.ts'
import { personIdOf } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append, defineKind } from '../../ledger/index.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { findByAddresses, namesOfPeople, todayIn } from '../people/index.ts'
import { accessRevoked } from '../systems/index.ts'
import { lists, type List } from './tables.ts'
import { readTemplate, templateOf } from './templates.ts'

const itemDone = defineKind({
  kind: 'checklist.item-done', about: 'One thing on the list of a joiner, a mover or a leaver was done.',
  stream: 'people', subjects: ['person'], vouch: 'company', marks: z.object({ list: z.enum(lists), late: z.enum(['yes', 'no']) }),
  facts: z.object({ item: z.string(), due_on: z.string() }),
})

/** Opens the list for this day, once; one that is open for another day moves to this one. */
export async function openChecklist(tx: Tx, personId: string, list: List, day: string): Promise<void> {
  if (await shiftChecklist(tx, personId, list, day)) return
  const known = tx.db.selectFrom('checklists').select('id').where('person_id', '=', personId).where('list', '=', list)
  if (await known.where('day', '=', day).executeTakeFirst()) return
  const { manager_id } = await tx.db.selectFrom('people').select('manager_id').where('id', '=', personId).executeTakeFirstOrThrow()
  const id = tx.newId()
  await tx.db.insertInto('checklists')
    .values({ organization_id: tx.organizationId, id, person_id: personId, list, day, opened_at: timestampOf(tx.now) }).execute()
  const items = readTemplate(await templateOf(tx, list))
  const named = await findByAddresses(tx, items.map(({ owner }) => owner).filter((owner) => owner.includes('@')))
  await tx.db.insertInto('checklist_items').values(items.map(({ days, owner, item, records }, position) => {
    const person = owner === 'self' ? personId : owner === 'manager' ? manager_id : named.get(owner)
    const nobody = owner === 'manager' || owner.includes('@')
    return {
      organization_id: tx.organizationId, id: tx.newId(), checklist_id: id, position, item, records,
      owner_id: person ?? null, owner_role: person ? null : nobody ? 'admin' : owner,
      due_on: Temporal.PlainDate.from(day).add({ days }).toString(),
    }
  })).execute()
}

/** Moves the open list with its days; null: it is not called for any more. Whether there was one. */
export async function shiftChecklist(tx: Tx, personId: string, list: List, day: string | null): Promise<boolean> {
  const open = await tx.db.selectFrom('checklists').select(['id', sql<string>`day::text`.as('day')])
    .where('person_id', '=', personId).where('list', '=', list).where('closed_at', 'is', null).forUpdate().executeTakeFirst()
  if (!open || open.day === day) return open !== undefined
  await tx.db.updateTable('checklists').set(day === null ? { closed_at: timestampOf(tx.now) } : { day }).where('id', '=', open.id).execute()
  if (day !== null) await tx.db.updateTable('checklist_items').set({ due_on: sql`due_on + (${day}::date - ${open.day}::date)` })
    .where('checklist_id', '=', open.id).where('done_at', 'is', null).execute()
  return true
}

const itemsIn = (tx: Tx) => tx.db.selectFrom('checklist_items as i').innerJoin('checklists as c', 'c.id', 'i.checklist_id')
  .select(['i.id', 'person_id', 'list', 'item', 'owner_id', 'owner_role', 'records', 'done_at', 'done_by', 'checklist_id', 'closed_at',
    sql<string>`due_on::text`.as('due_on')])

export const tickItem = verb({
  name: 'checklist.tick', summary: 'Say that something on a list is done. What it records is recorded with it.', may: 'own.do',
  entries: ['checklist.item-done', 'access.revoked'],
  input: z.object({ item: z.uuid() }),
  async run({ tx, actor }, { item: id }) {
    const item = await itemsIn(tx).where('i.id', '=', id).forUpdate().executeTakeFirst()
    if (!item || !(may(actor, 'people.manage') || await isOwner(tx, actor, item))) throw new NotFound()
    refuseIf(item.done_at, 'already_done', 'This was done already.')
    refuseIf(item.closed_at, 'list_closed', 'This list is no longer called for.')
    const subjects = { person: item.person_id }
    await tx.db.updateTable('checklist_items').set({ done_at: timestampOf(tx.now), done_by: await personBehind(tx, actor) }).where('id', '=', id).execute()
    await tx.db.updateTable('checklists').set({ closed_at: timestampOf(tx.now) }).where('id', '=', item.checklist_id)
      .where(sql<boolean>`not exists (select from checklist_items where checklist_id = checklists.id and done_at is null)`).execute()
    const late = item.due_on < await todayIn(tx) ? 'yes' : 'no'
    await append(tx, itemDone, { subjects, marks: { list: item.list, late }, facts: { item: item.item, due_on: item.due_on } })
    if (item.records) await append(tx, accessRevoked, { subjects, marks: {}, facts: { note: item.item } })
    return { item: id, person: item.person_id }
  },
})

async function isOwner(tx: Tx, actor: Actor, { owner_id, owner_role }: { owner_id: string | null; owner_role: string | null }): Promise<boolean> {
  if (actor.kind !== 'member') return false
  return owner_id === await personIdOf(tx, actor.accountId) || (owner_role !== null && (actor.roles as readonly string[]).includes(owner_role))
}

const Item = z.object({
  id: z.uuid(), person: z.uuid(), name: z.string(), list: z.enum(lists), item: z.string(), owner: z.string(), due_on: z.iso.date(), late: z.boolean(),
  done_at: z.iso.datetime().nullable(), records: z.string().nullable(), open: z.boolean(),
})
export type ListedItem = z.output<typeof Item>
const Items = z.object({ items: z.array(Item) })

export const myChecklist = query({
  name: 'checklist.mine', summary: 'What is yours to do for those who come, move and go: what is due first.', may: 'own.do', input: z.object({}), output: Items,
  async run({ tx, actor }) {
    if (actor.kind !== 'member') return { items: [] }
    const me = await personIdOf(tx, actor.accountId)
    const rows = await itemsIn(tx).where('done_at', 'is', null).where('closed_at', 'is', null)
      .where((is) => is.or([is('owner_id', '=', me), is('owner_role', 'in', [...actor.roles, ''])])).orderBy('due_on').orderBy('position').execute()
    return { items: await listed(tx, rows) }
  },
})

export const listChecklists = query({
  name: 'checklist.list', summary: 'The lists of joiners, movers and leavers: of one person, or all that is open.', may: 'people.read',
  input: z.object({ person: z.uuid().optional() }), output: Items,
  async run({ tx }, { person }) {
    const query = itemsIn(tx).orderBy('c.opened_at', 'desc').orderBy('checklist_id').orderBy('position')
    return { items: await listed(tx, await (person ? query.where('person_id', '=', person)
      : query.where('done_at', 'is', null).where('closed_at', 'is', null)).execute()) }
  },
})

type Row = Awaited<ReturnType<ReturnType<typeof itemsIn>['execute']>>[number]

async function listed(tx: Tx, rows: readonly Row[]): Promise<ListedItem[]> {
  const [name, today] = [await namesOfPeople(tx, rows.flatMap(({ person_id, owner_id }) => owner_id ? [person_id, owner_id] : [person_id])), await todayIn(tx)]
  return rows.map(({ id, person_id: person, list, item, owner_id, owner_role, due_on, done_at, closed_at, records }) => ({
    id, person, name: name(person), list, item, owner: owner_id ? name(owner_id) : owner_role!, due_on, records,
    late: !done_at && !closed_at && due_on < today, done_at: done_at?.toISOString() ?? null, open: !done_at && !closed_at,
  }))
}
