import { sql } from 'kysely'
import { rolesOf } from '../../access/memberships.ts'
import { noteLeft } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { writeJob, type Job } from '../../jobs/index.ts'
import { append } from '../../ledger/index.ts'
import { Refused } from '../../lib/errors.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { demandAnotherAdmin, endMembership, personJoined, personLeft } from '../accounts/index.ts'
import { getPerson, isHere, type Person } from './person.ts'
import { todayIn } from './said.ts'

/** What `settleDays` may append; a verb that calls it declares them. */
export const daysEntries = ['person.joined', 'person.left', 'key.revoked'] as const

type Follower = (tx: Tx, person: Person, today: string) => Promise<void>
const followers: Follower[] = []

/** Calls `follow` wherever somebody's days are settled, also those that are still to come, before they come or go by them. */
export const onDays = (follow: Follower): void => { followers.push(follow) }

/**
 * Makes somebody's being here what their days say. Whoever was taken off the team is back only by another last day. Throws `Refused` for the last
 * administrator.
 */
export async function settleDays(tx: Tx, personId: string): Promise<void> {
  const [person, today] = [await getPerson(tx, personId), await todayIn(tx)]
  const { starts_on: starts, ends_on: ends } = person
  for (const follow of followers) await follow(tx, person, today)
  if (isHere(person)) {
    if (ends !== null && ends < today) await leave(tx, person)
  } else if ((starts ?? today) <= today && (ends === null || (person.left_at ? ends > today : ends >= today))) await join(tx, person)
}

/** Whoever came before the organisation had Avow is listed as opening evidence: it calls for nothing that was to be done then. */
async function join(tx: Tx, { id, starts_on, roles }: Person): Promise<void> {
  await tx.db.updateTable('people').set({ joined_at: timestampOf(tx.now), left_at: null }).where('id', '=', id).execute()
  const { created_at } = await tx.db.selectFrom('organizations').select('created_at').where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
  const effectiveAt = starts_on === null ? undefined : Temporal.PlainDate.from(starts_on).toZonedDateTime(await zoneOf(tx)).toInstant()
  const before = effectiveAt !== undefined && effectiveAt.epochMilliseconds < created_at.getTime()
  await append(tx, personJoined, {
    subjects: { person: id }, marks: {}, facts: { roles: [...roles], invited_by: null }, ...before && { opening: true, effectiveAt },
  })
}

/** Sessions and keys go with whoever goes. */
async function leave(tx: Tx, { id, account_id }: Person): Promise<void> {
  if (account_id && await rolesOf(tx, account_id)) {
    await demandAnotherAdmin(tx, account_id)
    return endMembership(tx, account_id)
  }
  if ((await noteLeft(tx, id)).isNews) await append(tx, personLeft, { subjects: { person: id }, marks: {}, facts: {} })
}

/** Those whose first day has come, and those whose last one is over. The last administrator stays until there is another. */
export async function turnDay(tx: Tx): Promise<void> {
  const today = await todayIn(tx)
  const due = await tx.db.selectFrom('people').select('id').where('left_at', 'is', null).where((is) => is.or([
    is.and([is('joined_at', 'is', null), is('starts_on', '<=', today)]), is.and([is('joined_at', 'is not', null), is('ends_on', '<', today)]),
  ])).where(sql<boolean>`coalesce(ends_on >= starts_on, true)`).orderBy('id').execute()
  for (const { id } of due) {
    try { await settleDays(tx, id) } catch (error) {
      if (!(error instanceof Refused && error.code === 'last_administrator')) throw error
    }
  }
}

export const peopleJobs: readonly Job[] = [writeJob('people.turn-day', '*/15 * * * *', turnDay)]
