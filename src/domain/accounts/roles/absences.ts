import { sql } from 'kysely'
import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { demandOwnRoles } from '../../../access/grants.ts'
import { demand } from '../../../access/may.ts'
import { living, rolesOf } from '../../../access/memberships.ts'
import { today } from '../../../access/people.ts'
import { personBehind } from '../../../access/person-behind.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, NotFound } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { post } from '../../../mail/index.ts'
import { zoneOf } from '../../../verbs/moment.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { personAway, personBack } from './kinds.ts'

const mostDays = 183

/** What is the person's own passes for the days, and comes back: what was lent to them, and the restricted reports that they were added to, do not. */
export const announceAbsence = verb({
  name: 'absence.announce', summary: 'Says on which days you are away, or somebody else is, and who stands in with their permissions.',
  may: 'own.do', stepUp: true, entries: ['person.away'],
  input: z.object({
    member: z.uuid().optional().describe('Somebody else, for whoever looks after the people; you, without it'),
    delegate: z.uuid().optional().describe('Who stands in; nobody, without it'),
    from: z.iso.date(), until: z.iso.date().describe('The last day'),
  }),
  async run({ tx, actor }, { member, delegate, from, until }) {
    const away = member ?? await personBehind(tx, actor)
    const roles = await rolesOf(tx, away)
    if (!roles) throw new NotFound()
    if (away !== await personBehind(tx, actor)) demand(actor, 'access.manage')
    if (delegate) {
      await demandOwnRoles(tx, actor, roles)
      await demandAble(tx, away, delegate)
    }
    await demandDays(tx, from, until)
    const [id, announced_by] = [tx.newId(), await personBehind(tx, actor)]
    await tx.db.insertInto('absences').values({
      organization_id: tx.organizationId, id, account_id: away, delegate_id: delegate ?? null, starts_on: from, ends_on: until,
      announced_by, announced_at: timestampOf(tx.now), withdrawn_at: null,
    }).execute()
    await append(tx, personAway, { subjects: { person: away, ...delegate && { delegate } }, marks: {}, facts: { from, until } })
    if (delegate) await post(tx, { to: { accounts: [delegate] }, subject: 'You stand in for somebody', text: standInText(from, until) })
    return { absence: id }
  },
})

const standInText = (from: string, until: string) => `From ${from} to ${until} you stand in for a colleague, with what they may do here:

{link:/desk/absences}`

/** An auditor changes nothing, and whoever is here for a time stays within it: neither stands in for others. */
async function demandAble(tx: Tx, away: string, delegate: string): Promise<void> {
  if (delegate === away) throw new Invalid({ delegate: 'Choose somebody else.' })
  const row = await tx.db.selectFrom('memberships').select(['roles', 'ends_at']).where('account_id', '=', delegate).where(living(tx)).executeTakeFirst()
  if (!row) throw new Invalid({ delegate: 'Choose somebody of the team.' })
  if (row.ends_at || row.roles.includes('auditor')) throw new Invalid({ delegate: 'Auditors, and people who are here for a time, cannot stand in for others.' })
}

async function demandDays(tx: Tx, from: string, until: string): Promise<void> {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(until)]
  const now = tx.now.toZonedDateTimeISO(await zoneOf(tx)).toPlainDate()
  if (Temporal.PlainDate.compare(last, first) < 0) throw new Invalid({ until: 'The last day comes before the first.' })
  if (Temporal.PlainDate.compare(last, now) < 0) throw new Invalid({ until: 'This day is over. Choose a later one.' })
  if (first.until(last, { largestUnit: 'days' }).days >= mostDays) throw new Invalid({ until: `Announce at most ${mostDays} days at once.` })
}

export const endAbsence = verb({
  name: 'absence.end', summary: 'Says that somebody is back, or will not be away after all. What was lent for it ends at once.',
  may: 'own.do', entries: ['person.back'],
  input: z.object({ absence: z.uuid() }),
  async run({ tx, actor }, { absence }) {
    const row = await tx.db.selectFrom('absences').select('account_id').where('id', '=', absence).where(ahead(tx)).forUpdate().executeTakeFirst()
    if (!row) throw new NotFound()
    if (row.account_id !== await personBehind(tx, actor)) demand(actor, 'access.manage')
    await tx.db.updateTable('absences').set({ withdrawn_at: timestampOf(tx.now) }).where('id', '=', absence).execute()
    await append(tx, personBack, { subjects: { person: row.account_id }, marks: {}, facts: {} })
  },
})

const Absence = z.object({
  id: z.uuid(), member: z.uuid(), name: z.string(), delegate: z.uuid().nullable(), delegate_name: z.string().nullable(),
  from: z.iso.date(), until: z.iso.date(),
  now: z.boolean().describe('Whether today is one of the days'),
})

export const listAbsences = query({
  name: 'absence.list', summary: 'Lists who is away, or will be, and who stands in.', may: 'duties.read', input: z.object({}),
  output: z.object({ absences: z.array(Absence) }),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('absences').where(ahead(tx)).orderBy('starts_on').orderBy('id').select([
      'id', 'account_id', 'delegate_id', sql<string>`starts_on::text`.as('from'), sql<string>`ends_on::text`.as('until'),
      sql<boolean>`starts_on <= ${today(tx)}`.as('now'),
    ]).execute()
    const names = await namesOf(tx, rows.flatMap((row) => [row.account_id, row.delegate_id ?? []].flat()))
    return { absences: rows.map(({ account_id: member, delegate_id: delegate, ...row }) =>
      ({ ...row, member, name: names.get(member) ?? 'Somebody', delegate, delegate_name: delegate && (names.get(delegate) ?? 'Somebody') })) }
  },
})

/** Not over, and not taken back. */
const ahead = (tx: Tx) => sql<boolean>`(withdrawn_at is null and ends_on >= ${today(tx)})`

/** What colleagues call each other, by their accounts. */
export async function namesOf(tx: Tx, accounts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (accounts.length === 0) return new Map()
  const rows = await tx.db.selectFrom('accounts').selectAll().where('id', 'in', accounts).execute()
  return new Map(await Promise.all(rows.map(async (row) => [row.id, (await identityOf(tx.keyring, row)).name] as const)))
}
