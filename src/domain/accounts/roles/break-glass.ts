import { z } from 'zod'
import { demand } from '../../../access/may.ts'
import { holdersOf } from '../../../access/memberships.ts'
import { instantOf, timestampOf } from '../../../db/timestamp.ts'
import { Forbidden, NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { post } from '../../../mail/index.ts'
import { loadKeys, openText, organizationKey, sealText } from '../../../seal/envelope.ts'
import { query, verb } from '../../../verbs/verb.ts'
import { namesOf } from './absences.ts'
import { glassBroken, glassMended, glassReviewed } from './kinds.ts'

export const emergencyMinutes = 60

/**
 * All that an administrator may do, and every restricted report, for an hour; none of it can be passed on. Whoever else looks after the people is
 * told at once, and one of them says afterwards whether it was called for.
 */
export const breakGlass = verb({
  name: 'access.break-glass',
  summary: 'Takes, for an hour, the access that is kept for emergencies. The others are told at once, and one of them looks at it afterwards.',
  may: 'access.break-glass', stepUp: true, entries: ['access.glass-broken'],
  input: z.object({ reason: z.string().trim().min(20, 'Say in a sentence what has happened, so that the others understand.').max(2000) }),
  output: z.object({ emergency: z.uuid(), ends_at: z.iso.datetime() }),
  async run({ tx, actor }, { reason }) {
    if (actor.kind !== 'member') throw new Forbidden('access.break-glass')
    const [id, key_id, ends] = [tx.newId(), await organizationKey(tx), tx.now.add({ minutes: emergencyMinutes })]
    await tx.db.insertInto('glass_breaks').values({
      organization_id: tx.organizationId, id, account_id: actor.accountId, key_id, reason: await sealText(tx, key_id, reasonContext(id), reason),
      broken_at: timestampOf(tx.now), ends_at: timestampOf(ends), reviewed_by: null, reviewed_at: null, justified: null,
    }).execute()
    await append(tx, glassBroken, { subjects: { emergency: id, person: actor.accountId }, marks: {}, facts: { reason, ends_at: ends.toString() } })
    const told = new Set([...await holdersOf(tx, 'access.manage'), ...await holdersOf(tx, 'access.break-glass')])
    told.delete(actor.accountId)
    await post(tx, { to: { accounts: [...told] }, subject: 'The access for emergencies was taken', text: alarmText })
    return { emergency: id, ends_at: ends.toString() }
  },
})

const reasonContext = (id: string) => `glass-break:${id}`

const alarmText = `Somebody of your team has taken the access that is kept for emergencies. For an hour they may do whatever an administrator may.

Look who, and why, and say afterwards whether it was called for:

{link:/desk/emergencies}`

export const reviewGlass = verb({
  name: 'access.review-glass', summary: 'Says, as somebody else, whether the access that was taken in an emergency was called for.',
  may: 'approvals.give', entries: ['access.glass-reviewed'],
  input: z.object({ emergency: z.uuid(), justified: z.boolean(), finding: z.string().trim().min(1, 'Say what you looked at, and what you found.').max(2000) }),
  async run({ tx, actor }, { emergency, justified, finding }) {
    if (actor.kind !== 'member') throw new Forbidden('approvals.give')
    const row = await tx.db.selectFrom('glass_breaks').select(['account_id', 'reviewed_at', 'ends_at']).where('id', '=', emergency)
      .forUpdate().executeTakeFirst()
    if (!row) throw new NotFound()
    refuseIf(row.reviewed_at, 'reviewed_already', 'Somebody has looked at this already.')
    refuseIf(row.account_id === actor.accountId, 'second_person_needed', 'It takes somebody else.')
    refuseIf(row.ends_at > timestampOf(tx.now), 'not_over', 'The hour is not over yet. Look at it afterwards.')
    const review = { reviewed_by: actor.accountId, reviewed_at: timestampOf(tx.now), justified }
    await tx.db.updateTable('glass_breaks').set(review).where('id', '=', emergency).execute()
    await append(tx, glassReviewed, { subjects: { emergency }, marks: { justified: justified ? 'yes' : 'no' }, facts: { finding } })
  },
})

/** Whoever took it may give it back before the hour is over; whoever looks after the people may end it. */
export const mendGlass = verb({
  name: 'access.mend-glass', summary: 'Ends, before its hour is over, the access that was taken in an emergency.', may: 'own.do',
  entries: ['access.glass-mended'],
  input: z.object({ emergency: z.uuid() }),
  async run({ tx, actor }, { emergency }) {
    const row = await tx.db.selectFrom('glass_breaks').select('account_id').where('id', '=', emergency)
      .where('ends_at', '>', timestampOf(tx.now)).forUpdate().executeTakeFirst()
    if (!row) throw new NotFound()
    const own = actor.kind === 'member' && row.account_id === actor.accountId
    if (!own) demand(actor, 'access.manage')
    await tx.db.updateTable('glass_breaks').set({ ends_at: timestampOf(tx.now) }).where('id', '=', emergency).execute()
    await append(tx, glassMended, { subjects: { emergency }, marks: {}, facts: {} })
  },
})

export const listEmergencies = query({
  name: 'access.list-emergencies', summary: 'Lists when the access for emergencies was taken, by whom, why, and what others found.',
  may: 'approvals.give', input: z.object({}),
  output: z.object({ emergencies: z.array(z.object({
    id: z.uuid(), member: z.uuid(), name: z.string(), reason: z.string(), broken_at: z.iso.datetime(), ends_at: z.iso.datetime(), open: z.boolean(),
    justified: z.boolean().nullable().describe('What somebody else found; null until then'),
  })) }),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('glass_breaks').selectAll().orderBy('broken_at', 'desc').limit(100).execute()
    await loadKeys(tx, rows.map((row) => row.key_id))
    const names = await namesOf(tx, rows.map((row) => row.account_id))
    return { emergencies: await Promise.all(rows.map(async (row) => ({
      id: row.id, member: row.account_id, name: names.get(row.account_id) ?? 'Somebody',
      reason: await openText(tx, row.key_id, reasonContext(row.id), row.reason),
      broken_at: instantOf(row.broken_at).toString(), ends_at: instantOf(row.ends_at).toString(),
      open: row.ends_at > timestampOf(tx.now), justified: row.justified,
    }))) }
  },
})
