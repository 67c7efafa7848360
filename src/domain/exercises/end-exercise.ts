import { z } from 'zod'
import { instantOf, timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { exerciseCompleted, fewest, getExercise, groupsOf, mondayOf, runningExercises, type Exercise, type Week } from './exercise.ts'

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

async function countWeeks(tx: Tx, id: string): Promise<Week[]> {
  const zone = await zoneOf(tx)
  const links = await tx.db.selectFrom('exercise_links').select(['week', 'opened']).where('exercise_id', '=', id).execute()
  const noticed = await tx.db.selectFrom('exercise_letters').select('sent_at').where('exercise_id', '=', id).where('reported', '=', true)
    .where('sent_at', 'is not', null).execute()
  const reported = noticed.map(({ sent_at }) => mondayOf(instantOf(sent_at!), zone))
  return [...Map.groupBy(links, ({ week }) => week)].map(([week, all]) => ({
    week, sent: all.length, opened: all.filter((link) => link.opened).length, reported: reported.filter((one) => one === week).length,
  }))
}
