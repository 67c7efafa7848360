import { z } from 'zod'
import { standingOf } from '../../access/memberships.ts'
import { newToken, tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { calendarFile } from './calendar-file.ts'
import { ownAccount } from './choices.ts'
import { owed, withStandIns, type OwedDuty } from './whose.ts'

export const makeFeed = verb({
  name: 'calendar.make', summary: 'Make the address under which your calendar program reads what you owe. A former one ends.', may: 'own.do', entries: [],
  input: z.object({}),
  output: z.object({ token: z.string() }),
  async run({ tx, actor }) {
    const token = newToken()
    const row = { token_hash: tokenHash(token), made_at: timestampOf(tx.now), read_at: null }
    await tx.db.deleteFrom('calendar_feeds').where('account_id', '=', ownAccount(actor)).execute()
    await tx.db.insertInto('calendar_feeds').values({ organization_id: tx.organizationId, account_id: ownAccount(actor), ...row }).execute()
    return { token }
  },
})

export const endFeed = verb({
  name: 'calendar.end', summary: 'No longer let a calendar program read what you owe.', may: 'own.do', entries: [],
  input: z.object({}),
  async run({ tx, actor }) { await tx.db.deleteFrom('calendar_feeds').where('account_id', '=', ownAccount(actor)).execute() },
})

/** A calendar program shows no more, and those that come first are the ones to see. */
const most = 1000

/** The calendar of whoever holds the token, as long as they are of the team. It says what is due and when, and no more. */
export async function feedOf(tx: Tx, token: string, addressOf: (path: string) => string): Promise<string> {
  const row = await tx.db.selectFrom('calendar_feeds').select('account_id').where('token_hash', '=', tokenHash(token)).executeTakeFirst()
  if (!row || !await standingOf(tx, row.account_id)) throw new NotFound()
  const [mine, whom]: [OwedDuty[], ReturnType<typeof withStandIns>] = [[], withStandIns(tx)]
  for (const duty of await owed(tx, { of: row.account_id })) if ((await whom(duty.accounts)).includes(row.account_id)) mine.push(duty)
  const host = new URL(addressOf('/')).host
  return calendarFile('What we promised', mine.slice(0, most).map(({ id, words, path, dueAt }) =>
    ({ uid: `${id.toString('hex').slice(0, 32)}@${host}`, at: dueAt, title: words, url: addressOf(path) })), tx.now.epochMilliseconds)
}

/** So that the owner sees whether anybody reads it. Apart from the reading, which changes nothing. */
export const noteReading = (tx: Tx, token: string) =>
  tx.db.updateTable('calendar_feeds').set({ read_at: timestampOf(tx.now) }).where('token_hash', '=', tokenHash(token)).execute()
