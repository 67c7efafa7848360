import { z } from 'zod'
import { countHolders } from '../access/memberships.ts'
import { personBehind } from '../access/person-behind.ts'
import { timestampOf } from '../db/timestamp.ts'
import type { Tx } from '../db/tx.ts'
import { NotFound, refuseIf } from '../lib/errors.ts'
import { askForApproval } from '../mail/index.ts'
import { verb } from '../verbs/verb.ts'
import { append } from './append.ts'
import { defineKind, Mark } from './kinds.ts'

declare module '../db/tables.ts' {
  interface Tables { corrections: CorrectionRow }
}

/** A correction that one person proposed. It becomes an entry when another one agrees. */
export interface CorrectionRow { organization_id: string; index: number; reason: string; proposed_by: string; proposed_at: Date; confirmed_at: Date | null }

export const entryCorrected = defineKind({
  kind: 'entry.corrected',
  about: 'The entry at an earlier place was wrong, for the reason that is given. Nothing is deleted: what it decided shows as corrected.',
  stream: 'ledger',
  subjects: [],
  marks: z.object({ corrects: Mark }),
  facts: z.object({ corrects: z.int(), reason: z.string(), approvals: z.int() }),
  vouch: 'company',
  open: true,
})

const index = z.coerce.number().int().min(0).describe('Place of the entry in the log')
const reason = z.string().trim().min(10).max(1000).describe('Why the entry is wrong. Everybody can read this for ever: name nobody.')

/** Takes a second person, so that nobody alone can take back what the record says. */
export const proposeCorrection = verb({
  name: 'entry.correct',
  summary: 'Say that an entry of the log is wrong. It counts when a second person confirms it.',
  may: 'ledger.correct', stepUp: true,
  input: z.object({ index, reason }),
  entries: ['entry.corrected'],
  async run({ tx, actor }, input) {
    const entry = await tx.db.selectFrom('leaves').select('index').where('index', '=', input.index).executeTakeFirst()
    if (!entry) throw new NotFound()
    const inserted = await tx.db.insertInto('corrections').values({
      organization_id: tx.organizationId, ...input, proposed_by: await personBehind(tx, actor), proposed_at: timestampOf(tx.now), confirmed_at: null,
    }).onConflict((conflict) => conflict.doNothing()).returning('index').executeTakeFirst()
    refuseIf(!inserted, 'correction_already_proposed')
    // Where only one person may approve there is nobody else to ask; the entry says so.
    const alone = await countHolders(tx, 'approvals.give') < 2
    await (alone ? confirm(tx, input, 1) : askForApproval(tx, 'A correction of the record'))
    return { index: input.index, confirmed: alone }
  },
})

export const confirmCorrection = verb({
  name: 'correction.confirm',
  summary: 'Agree that an entry of the log is wrong, as somebody else proposed.',
  may: 'approvals.give', stepUp: true,
  input: z.object({ index }),
  entries: ['entry.corrected'],
  async run({ tx, actor }, input) {
    const proposed = await tx.db.selectFrom('corrections').selectAll().where('index', '=', input.index).forUpdate().executeTakeFirst()
    if (!proposed) throw new NotFound()
    refuseIf(proposed.confirmed_at, 'correction_already_confirmed')
    refuseIf(proposed.proposed_by === await personBehind(tx, actor), 'correction_needs_second_person', 'It takes two different people.')
    await confirm(tx, proposed, 2)
    return { index: input.index, confirmed: true }
  },
})

/** A slip of whoever proposed it must not bar the right correction. */
export const withdrawCorrection = verb({
  name: 'correction.withdraw',
  summary: 'Take a proposed correction back, before somebody else has confirmed it.',
  may: 'ledger.correct',
  input: z.object({ index }),
  entries: [],
  async run({ tx }, input) {
    const proposed = await findCorrection(tx, input.index)
    if (!proposed) throw new NotFound()
    refuseIf(proposed.confirmed_at, 'correction_already_confirmed', 'It is in the log already, and stays there.')
    await tx.db.deleteFrom('corrections').where('index', '=', input.index).execute()
    return { index: input.index }
  },
})

export const findCorrection = (tx: Tx, at: number): Promise<CorrectionRow | undefined> =>
  tx.db.selectFrom('corrections').selectAll().where('index', '=', at).executeTakeFirst()

/** Those that wait first, then the newest. */
export const listCorrections = (tx: Tx): Promise<CorrectionRow[]> =>
  tx.db.selectFrom('corrections').selectAll().orderBy((is) => is('confirmed_at', 'is not', null)).orderBy('proposed_at', 'desc').execute()

async function confirm(tx: Tx, { index: corrects, reason: why }: Pick<CorrectionRow, 'index' | 'reason'>, approvals: number): Promise<void> {
  await tx.db.updateTable('corrections').set({ confirmed_at: timestampOf(tx.now) }).where('index', '=', corrects).execute()
  await append(tx, entryCorrected, { subjects: {}, marks: { corrects: String(corrects) }, facts: { corrects, reason: why, approvals } })
}
