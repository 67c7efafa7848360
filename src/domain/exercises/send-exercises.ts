import { z } from 'zod'
import { rolesOf } from '../../access/memberships.ts'
import { newToken, tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { job, type Job } from '../../jobs/index.ts'
import { addressOf, DeliveryFailed, type MailServer } from '../../mail/index.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { runVerb } from '../../verbs/run.ts'
import { endExercises } from './end-exercise.ts'
import { exerciseMail } from './exercise-mail.ts'
import { mondayOf, type Exercise } from './exercise.ts'

export interface Sending {
  /** Without one, nothing is sent. */
  readonly server?: MailServer
  readonly from: string
  baseOf(organizationId: string): Promise<string>
}

/** So many in one round, which comes every two minutes. */
const atOnce = 50

/**
 * Sends what is due, and ends what is over. Such a mail is no letter of ours: it is not kept, and no row holds its link but for a hash without a
 * person. A crash between sending and noting it sends the mail twice, and the first link counts nothing.
 */
export const exerciseJobs = ({ server, from, baseOf }: Sending): Job[] => [job({
  name: 'exercises.send', payload: z.object({}), every: '*/2 * * * *',
  async run({ database, actor, organizationId, signal }) {
    const due = server ? await database.read(organizationId, letters) : []
    for (const { exercise, accountId, address } of due) {
      if (signal.aborted) return
      const token = newLinkToken(exercise.id)
      const sent = address !== null && await server!.send({
        id: crypto.randomUUID(), from: { name: exercise.sender, address: from }, to: address, subject: exercise.subject, exercise: exercise.id,
        ...exerciseMail(exercise, `${await baseOf(organizationId)}/lesson/${token}`),
      }).then(() => true, unlessRefused)
      await database.write(organizationId, (tx) => sent ? noteSent(tx, exercise, accountId, token) : forget(tx, exercise, accountId))
    }
    await runVerb({ database }, endExercises, actor, organizationId, {})
  },
})]

/** The token names the exercise, so that its lesson can be shown when nobody knows any more whose link it was. */
const newLinkToken = (exerciseId: string) => Buffer.from(exerciseId.replaceAll('-', ''), 'hex').toString('base64url') + newToken()

/** What is refused for good is not sent again; whatever else fails is, by the queue. */
function unlessRefused(error: unknown): false {
  if (error instanceof DeliveryFailed && error.permanent) return false
  throw error
}

/** `address` is null for whoever is no longer of the team. */
interface Due { readonly exercise: Exercise; readonly accountId: string; readonly address: string | null }

async function letters(tx: Tx): Promise<Due[]> {
  const rows = await tx.db.selectFrom('exercise_letters').innerJoin('exercises', 'exercises.id', 'exercise_letters.exercise_id').selectAll('exercises')
    .select('account_id').where('send_at', '<=', timestampOf(tx.now)).where('sent_at', 'is', null).orderBy('send_at').limit(atOnce).execute()
  return Promise.all(rows.map(async ({ account_id: accountId, ...exercise }) =>
    ({ exercise, accountId, address: await rolesOf(tx, accountId) && await addressOf(tx, { account: accountId }) })))
}

async function noteSent(tx: Tx, { id }: Exercise, accountId: string, token: string): Promise<void> {
  await tx.db.updateTable('exercise_letters').set({ sent_at: timestampOf(tx.now) }).where('exercise_id', '=', id).where('account_id', '=', accountId).execute()
  await tx.db.insertInto('exercise_links')
    .values({ organization_id: tx.organizationId, exercise_id: id, token_hash: tokenHash(token), week: mondayOf(tx.now, await zoneOf(tx)) }).execute()
}

async function forget(tx: Tx, { id }: Exercise, accountId: string): Promise<void> {
  await tx.db.deleteFrom('exercise_letters').where('exercise_id', '=', id).where('account_id', '=', accountId).execute()
}
