import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { Conflict } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'

/** Whoever acts here has an account of the team. */
export function ownAccount(actor: Actor): string {
  if (actor.kind !== 'member') throw new Conflict('reminders_are_for_people', 'Reminders are for people: sign in to have yours.')
  return actor.accountId
}

export const chooseReminders = verb({
  name: 'reminder.choose', summary: 'Say what you want to be told by mail: a digest on the mornings of working days, a reminder before something is late.',
  may: 'own.do', entries: [],
  input: z.object({ digest: z.boolean().default(false), reminders: z.boolean().default(false) }),
  async run({ tx, actor }, chosen) {
    await tx.db.insertInto('reminder_choices').values({ organization_id: tx.organizationId, account_id: ownAccount(actor), ...chosen })
      .onConflict((conflict) => conflict.columns(['organization_id', 'account_id']).doUpdateSet(chosen)).execute()
  },
})

export const readReminders = query({
  name: 'reminder.read', summary: 'What you are told by mail, and whether a calendar reads what you owe.', may: 'own.do', input: z.object({}),
  async run({ tx, actor }) {
    const account = ownAccount(actor)
    const chosen = await tx.db.selectFrom('reminder_choices').select(['digest', 'reminders']).where('account_id', '=', account).executeTakeFirst()
    const feed = await tx.db.selectFrom('calendar_feeds').select(['made_at', 'read_at']).where('account_id', '=', account).executeTakeFirst()
    return {
      digest: chosen?.digest ?? true, reminders: chosen?.reminders ?? true,
      calendar: feed ? { made_at: feed.made_at.toISOString(), read_at: feed.read_at?.toISOString() ?? null } : null,
    }
  },
})

/** Those of the accounts that have not said no. */
export async function whoWants(tx: Tx, what: 'digest' | 'reminders', accounts: readonly string[]): Promise<string[]> {
  if (accounts.length === 0) return []
  const not = await tx.db.selectFrom('reminder_choices').select('account_id').where('account_id', 'in', [...accounts]).where(what, '=', false).execute()
  return accounts.filter((account) => !not.some(({ account_id }) => account_id === account))
}
