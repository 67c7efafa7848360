import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { whoWants } from './choices.ts'
import { linesOf } from './lines.ts'
import { firstTold, idOfNews } from './told.ts'
import { owed, withStandIns, type OwedDuty } from './whose.ts'

const fromHour = 7
const weekMs = 7 * 86_400_000

/** Called every hour; once on the morning of a working day, in the organisation's zone, everybody who owes something within a week gets a letter. */
export const sendDigest = verb({
  name: 'digest.send', summary: 'Tell everybody who owes something within a week what it is, on the mornings of working days.', may: 'organization.manage',
  entries: [],
  input: z.object({}),
  output: z.object({ letters: z.number() }),
  async run({ tx }) {
    const zone = await zoneOf(tx)
    const now = tx.now.toZonedDateTimeISO(zone)
    if (now.hour < fromHour || now.hour >= 12 || now.dayOfWeek > 5) return { letters: 0 }
    const mine = await byAccount(tx)
    const first = await firstToday(tx, await whoWants(tx, 'digest', [...mine.keys()]), now.toPlainDate())
    for (const account of first) await post(tx, { to: { accounts: [account] }, ...letter(mine.get(account)!, zone) })
    return { letters: first.length }
  },
})

async function byAccount(tx: Tx): Promise<Map<string, OwedDuty[]>> {
  const mine = new Map<string, OwedDuty[]>()
  const whom = withStandIns(tx)
  for (const duty of (await owed(tx)).filter(({ dueAt }) => dueAt - tx.now.epochMilliseconds < weekMs)) {
    for (const account of await whom(duty.accounts)) {
      if (!mine.has(account)) mine.set(account, [])
      mine.get(account)!.push(duty)
    }
  }
  return mine
}

/** Those who had none today, and have one now. */
async function firstToday(tx: Tx, accounts: readonly string[], day: Temporal.PlainDate): Promise<string[]> {
  const id = idOfNews(`digest of ${day.toString()}`)
  return (await firstTold(tx, accounts.map((account) => ({ id, stage: 'digest' as const, account })))).map(({ account }) => account)
}

function letter(duties: readonly OwedDuty[], zone: string): { subject: string; text: string } {
  const late = duties.filter((duty) => duty.late).length
  return {
    subject: late > 0 ? `Today: ${duties.length} to do, ${late} of them late` : `Today: ${duties.length} to do within a week`,
    text: [linesOf(duties, zone), 'All of it:\n\n{link:/desk}', 'To get no such letter on working days:\n\n{link:/me/reminders}'].join('\n\n'),
  }
}
