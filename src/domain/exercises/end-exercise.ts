import { sql } from 'kysely'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { exerciseCompleted, fewest, getExercise, groupsOf, runningExercises, type Exercise, type Week } from './exercise.ts'

/** So long after the last day the links still count. */
const daysAfter = 7

export const endExercise = verb({
  name: 'exercise.end', summary: 'End an exercise: what was not sent is not sent, and nobody’s link counts any more.', may: 'training.manage',
  entries: ['exercise.completed'],
  input: z.object({ exercise: z.uuid() }),
  async run({ tx }, { exercise: id }) {
    const exercise = await getExercise(tx, id)
    refuseIf(exercise.ended_at, 'exercise_already_ended')
    await end(tx, exercise)
  },
})

export const endExercises = verb({
  name: 'exercise.end-all', summary: 'End the exercises whose time is over.', may: 'training.manage', entries: ['exercise.completed'], input: z.object({}),
  async run({ tx }) {
    const over = tx.now.toZonedDateTimeISO(await zoneOf(tx)).toPlainDate().subtract({ days: daysAfter }).toString()
    for (const exercise of await runningExercises(tx)) if (exercise.last_day < over) await end(tx, await getExercise(tx, exercise.id))
  },
})

/** Only figures of groups stay. Who got which mail, and which link was opened, is gone. One that nobody approved leaves no entry. */
async function end(tx: Tx, { id, approved_at: approved }: Exercise): Promise<void> {
  const weeks = await countWeeks(tx, id)
  const [sent, opened, reported] = (['sent', 'opened', 'reported'] as const).map((what) => weeks.reduce((sum, week) => sum + week[what], 0))
  await tx.db.updateTable('exercises').set({ ended_at: timestampOf(tx.now), groups: JSON.stringify(groupsOf(weeks)) }).where('id', '=', id).execute()
  await tx.db.deleteFrom('exercise_letters').where('exercise_id', '=', id).execute()
  await tx.db.deleteFrom('exercise_links').where('exercise_id', '=', id).execute()
  const facts = sent! >= fewest ? { sent: sent!, opened: opened!, reported: reported! } : { sent: sent! }
  if (approved) await append(tx, exerciseCompleted, { subjects: { exercise: id }, marks: {}, facts })
}

async function countWeeks(tx: Tx, id: string): Promise<readonly Week[]> {
  const { rows } = await sql<Week>`
    with noticed as (select date_trunc('week', sent_at at time zone ${await zoneOf(tx)})::date::text as week
      from exercise_letters where exercise_id = ${id} and reported and sent_at is not null)
    select week, count(1)::int as sent, (count(1) filter (where opened))::int as opened,
      (select count(1)::int from noticed where noticed.week = exercise_links.week) as reported
    from exercise_links where exercise_id = ${id} group by week`.execute(tx.db)
  return rows
}
