import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, refuseIf } from '../../lib/errors.ts'
import { Moment, readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { intakePaused, intakeResumed } from './kinds.ts'
import { saveGates } from './settings.ts'

/** Longer than this is no pause. */
const MOST_DAYS = 60

/**
 * Reports are taken in, dated and receipted meanwhile, and read from the announced date on. What was deposited keeps the date that was announced
 * then, so that no later pause holds it back.
 */
export const pauseIntake = verb({
  name: 'intake.pause', summary: 'Pause the intake until an announced date: reports are deposited, and open then.',
  may: 'organization.manage', entries: ['intake.paused'],
  input: z.object({
    until: Moment.describe('When reports are read again'),
    words: z.string().trim().max(500, 'Write at most 500 characters.').default('').describe('Why, for those who come to report something'),
  }),
  async run({ tx }, given) {
    const until = await readMoment(tx, given.until)
    const days = until.since(tx.now).total('hours') / 24
    if (days <= 0 || days > MOST_DAYS) throw new Invalid({ until: `Choose a day that is to come, at most ${MOST_DAYS} days from now.` })
    await saveGates(tx, { paused_at: timestampOf(tx.now), paused_until: timestampOf(until), pause_words: given.words })
    await append(tx, intakePaused, { subjects: {}, marks: {}, facts: { until: until.toString(), words: given.words } })
    return { until: until.toString() }
  },
})

/** Before the announced date. What was deposited opens too, and its clocks begin: nobody reads a report before them. */
export const resumeIntake = verb({
  name: 'intake.resume', summary: 'End the pause: reports are read as they arrive, and what was deposited opens.',
  may: 'organization.manage', input: z.object({}), entries: ['intake.resumed'],
  async run({ tx }) { refuseIf(!await endPause(tx), 'not_paused', 'The intake is not paused.') },
})

/** Whether there was a pause to end. The verb at work declares `intake.resumed`. */
export async function endPause(tx: Tx): Promise<boolean> {
  const row = await tx.db.selectFrom('gate_settings').select('paused_until').where('paused_until', 'is not', null).forUpdate().executeTakeFirst()
  if (!row) return false
  await saveGates(tx, { paused_at: null, paused_until: null, pause_words: '' })
  await append(tx, intakeResumed, { subjects: {}, marks: {}, facts: { announced: row.paused_until!.toISOString() } })
  return true
}

/** Whether a pause's announced date has come. */
export async function pauseIsOver(tx: Tx): Promise<boolean> {
  const row = await tx.db.selectFrom('gate_settings').select('paused_until').where('paused_until', '<=', timestampOf(tx.now)).executeTakeFirst()
  return row !== undefined
}
