import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { organizationKey, sealText } from '../../seal/envelope.ts'
import { holdable } from '../../seal/holds.ts'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import { findByAddresses, findPerson } from '../people/index.ts'
import { findReportNamed } from '../reports/index.ts'
import { reasonPlace } from './find.ts'
import { holdLifted, holdPlaced } from './kinds.ts'
import { offerErasures } from './offer-erasures.ts'

const Reason = z.string().trim().min(1, 'Say why: whoever reads holds later has to understand it.').max(2000)

/** From this moment nothing that it covers is erased, by nobody and by no clock. */
export const placeHold = verb({
  name: 'hold.place', summary: 'Place a legal hold: a report, a person, or all reports or people are not erased until it is lifted.', may: 'holds.manage',
  stepUp: true, entries: ['hold.placed'],
  input: z.object({
    kind: z.enum(holdable).describe('What it is on'),
    subject: z.string().trim().max(100).optional().describe('The report’s number or id, or the person’s mail address or id; left out: all of them'),
    all: z.boolean().default(false).describe('All of this kind'),
    reason: Reason,
  }),
  output: z.object({ hold: z.uuid() }),
  async run({ tx, actor }, { kind, subject, all, reason }) {
    if (!all && !subject) throw new Invalid({ subject: 'Say which one, or tick that it is on all of them.' })
    const [id, subjectId, keyId] = [tx.newId(), all ? null : await idOf(tx, actor, kind, subject!), await organizationKey(tx)]
    await tx.db.insertInto('holds').values({
      organization_id: tx.organizationId, id, subject_kind: kind, subject_id: subjectId, key_id: keyId,
      reason: await sealText(tx, keyId, reasonPlace(id), reason), placed_by: personOf(actor), placed_at: timestampOf(tx.now),
    }).execute()
    await append(tx, holdPlaced, { subjects: { hold: id, ...subjectId && { [kind]: subjectId } }, marks: { of: kind }, facts: { reason, all } })
    return { hold: id }
  },
})

/** What was asked for meanwhile is not done by itself, because who asked may think otherwise by now: they are told that it can be done. */
export const liftHold = verb({
  name: 'hold.lift', summary: 'Lift a legal hold. Those whose erasures waited for it are told.', may: 'holds.manage', stepUp: true, entries: ['hold.lifted'],
  input: z.object({ hold: z.uuid(), reason: Reason }),
  output: z.object({ offered: z.number().describe('How many erasures can be done now') }),
  async run({ tx, actor }, { hold: id, reason }) {
    const hold = await tx.db.selectFrom('holds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!hold) throw new NotFound()
    refuseIf(hold.lifted_at, 'hold_lifted', 'This hold is lifted already.')
    await tx.db.updateTable('holds').set({ lifted_by: personOf(actor), lifted_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    const { subject_kind: kind, subject_id: subjectId } = hold
    await append(tx, holdLifted, { subjects: { hold: id, ...subjectId && { [kind]: subjectId } }, marks: { of: kind }, facts: { reason } })
    return { offered: await offerErasures(tx) }
  },
})

async function idOf(tx: Tx, actor: Actor, kind: (typeof holdable)[number], word: string): Promise<string> {
  const id = kind === 'report' ? await findReportNamed(tx, actor, word) : await personNamed(tx, word)
  if (!id) throw new Invalid({ subject: `There is no ${kind} of this name that you may see.` })
  return id
}

/** Also who has left: a dispute often begins then. */
const personNamed = async (tx: Tx, word: string): Promise<string | undefined> =>
  z.uuid().safeParse(word).success ? (await findPerson(tx, word))?.id : (await findByAddresses(tx, [word])).get(word)

/** A hold is placed and lifted by a person, whoever the key belongs to. */
function personOf(actor: Actor): string {
  if (actor.kind === 'member') return actor.accountId
  throw new Invalid({ '': 'A hold is placed and lifted by a person who is signed in.' })
}
