import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import type { Tx } from '../../db/tx.ts'
import { query } from '../../verbs/verb.ts'
import { exercises, type Exercise } from './exercise.ts'

const Group = z.object({ from: z.iso.date(), to: z.iso.date(), sent: z.number(), opened: z.number(), reported: z.number() })

/** While it runs nobody sees who or how many opened it: whoever watched the figure move would know whose click it was. */
export const listExercises = query({
  name: 'exercise.list', summary: 'The exercises against phishing; of those that have ended, how the team did as a group.', may: 'training.manage',
  input: z.object({}),
  output: z.object({
    exercises: z.array(z.object({
      exercise: z.uuid(), sender: z.string(), subject: z.string(), first_day: z.iso.date(), last_day: z.iso.date(),
      state: z.enum(['waits for approval', 'running', 'ended']), yours: z.boolean().describe('You planned it: somebody else approves it'),
      people: z.number().nullable(), sent: z.number().nullable().describe('So far; null where it is not running'), groups: z.array(Group).nullable(),
    })),
  }),
  async run({ tx, actor }) {
    const [all, counts, me] = [await exercises(tx), await countLetters(tx), await personBehind(tx, actor)]
    return { exercises: all.map((one) => {
      const { people = null, sent = null } = counts.get(one.id) ?? {}
      const { id: exercise, sender, subject, first_day, last_day, groups, planned_by } = one
      return { exercise, sender, subject, first_day, last_day, state: stateOf(one), yours: planned_by === me, people, sent, groups }
    }) }
  },
})

const stateOf = ({ ended_at: ended, approved_at: approved }: Exercise) =>
  ended ? 'ended' as const : approved ? 'running' as const : 'waits for approval' as const

async function countLetters(tx: Tx): Promise<ReadonlyMap<string, { people: number; sent: number }>> {
  const rows = await tx.db.selectFrom('exercise_letters')
    .select((is) => ['exercise_id', is.fn.countAll<number>().as('people'), is.fn.count<number>('sent_at').as('sent')]).groupBy('exercise_id').execute()
  return new Map(rows.map(({ exercise_id, people, sent }) => [exercise_id, { people: Number(people), sent: Number(sent) }]))
}
