import { z } from 'zod'
import { namesOf } from '../../access/accounts.ts'
import { openText } from '../../seal/envelope.ts'
import { holdable } from '../../seal/holds.ts'
import { query } from '../../verbs/verb.ts'

export const reasonPlace = (holdId: string) => `hold/reason/${holdId}`

const Hold = z.object({
  hold: z.uuid(), kind: z.enum(holdable), subject: z.uuid().nullable().describe('Null: all of the kind'), reason: z.string(),
  placed_at: z.iso.datetime(), placed_by: z.string(), lifted_at: z.iso.datetime().nullable(), lifted_by: z.string().nullable(),
})
export type Hold = z.output<typeof Hold>

/** For those who may know why: the living ones first. */
export const listHolds = query({
  name: 'hold.list', summary: 'The legal holds, living and lifted, and how many erasures wait for them.', may: 'holds.read', input: z.object({}),
  output: z.object({ holds: z.array(Hold), waiting: z.number() }),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('holds').selectAll().orderBy('lifted_at', (order) => order.desc().nullsFirst()).orderBy('placed_at', 'desc')
      .limit(500).execute()
    const nameOf = await namesOf(tx, rows.flatMap(({ placed_by, lifted_by }) => lifted_by ? [placed_by, lifted_by] : [placed_by]))
    const { waiting } = await tx.db.selectFrom('suspended_erasures').select((is) => is.fn.countAll<number>().as('waiting')).executeTakeFirstOrThrow()
    const holds = await Promise.all(rows.map(async (row) => ({
      hold: row.id, kind: row.subject_kind, subject: row.subject_id, reason: await openText(tx, row.key_id, reasonPlace(row.id), row.reason),
      placed_at: row.placed_at.toISOString(), placed_by: nameOf(row.placed_by),
      lifted_at: row.lifted_at?.toISOString() ?? null, lifted_by: row.lifted_by && nameOf(row.lifted_by),
    })))
    return { holds, waiting: Number(waiting) }
  },
})
