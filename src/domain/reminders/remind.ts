import { z } from 'zod'
import { holdersOf } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { zoneOf } from '../../verbs/moment.ts'
import { whoWants } from './choices.ts'
import { escalations } from './escalation.ts'
import { linesOf } from './lines.ts'
import { stagesOf } from './stages.ts'
import type { Stage } from './tables.ts'
import { firstTold } from './told.ts'
import { owed, withStandIns, type OwedDuty } from './whose.ts'

interface Notice { readonly duty: OwedDuty; readonly stage: Stage; readonly account: string }

/** Called by the clock, every few minutes. However many duties have come near, everybody gets one letter. */
export const remindOfDuties = verb({
  name: 'reminder.send', summary: 'Remind those who owe something whose time is nearly over, and tell the next person where that went unheard.',
  may: 'organization.manage', entries: [],
  input: z.object({}),
  output: z.object({ letters: z.number() }),
  async run({ tx }) {
    const due = await notices(tx)
    const news = await firstTold(tx, due.map((one) => ({ ...one, id: one.duty.id })))
    const byAccount = Map.groupBy(news, ({ account }) => account)
    const zone = await zoneOf(tx)
    for (const [account, told] of byAccount) await post(tx, { to: { accounts: [account] }, ...letter(told, zone) })
    return { letters: byAccount.size }
  },
})

async function notices(tx: Tx): Promise<Notice[]> {
  const next = await escalations(tx)
  const leads = await holdersOf(tx, 'organization.manage')
  const found: Notice[] = []
  const andStandIns = withStandIns(tx)
  for (const duty of await owed(tx)) {
    const order = next.get(duty.area)
    for (const stage of stagesOf(duty, tx.now.epochMilliseconds, order?.hours_before)) {
      const whom = stage === 'next' ? order!.account_ids : stage === 'late' ? [...duty.accounts, ...order?.account_ids ?? [], ...leads] : duty.accounts
      found.push(...(await andStandIns(whom)).map((account) => ({ duty, stage, account })))
    }
  }
  const wants = new Set(await whoWants(tx, 'reminders', [...new Set(found.map(({ account }) => account))]))
  // Who stands next in line, and who leads once it is late, is told whatever they chose for what is theirs.
  return found.filter(({ account, stage }) => stage === 'next' || stage === 'late' || wants.has(account))
}

function letter(told: readonly Notice[], zone: string): { subject: string; text: string } {
  const duties = [...new Map(told.map(({ duty }) => [duty.id.toString('hex'), duty])).values()]
  const late = duties.filter((duty) => duty.late).length
  const isOthers = told.every(({ stage }) => stage === 'next')
  return {
    subject: late > 0 ? `Late: ${late} of what we promised` : isOthers ? 'Nobody has done it yet' : `Nearly due: ${duties.length} of what we promised`,
    text: [
      ...isOthers ? ['Whoever this is for was reminded and has not done it. You are next in line.'] : [],
      linesOf(duties, zone), 'All that is owed:\n\n{link:/desk}', 'What you are told by mail is yours to choose:\n\n{link:/me/reminders}',
    ].join('\n\n'),
  }
}
