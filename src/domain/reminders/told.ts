import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import type { Stage } from './tables.ts'

/** What somebody is to be told: `id` is the same for the same matter, 32 bytes. */
export interface News { readonly id: Buffer; readonly stage: Stage; readonly account: string }

export const idOfNews = (words: string): Buffer => createHash('sha256').update(words).digest()

/** Notes what is told now, and leaves out what was told before: nobody hears the same twice. */
export async function firstTold<T extends News>(tx: Tx, news: readonly T[]): Promise<T[]> {
  if (news.length === 0) return []
  // In three lists, since a flood that nobody has closed comes near by the ten thousand.
  const { rows: noted } = await sql<{ duty: Buffer; stage: string; account_id: string }>`
    insert into duty_notices (organization_id, duty, stage, account_id, told_at)
    select ${tx.organizationId}, duty, stage, account, ${tx.now}::timestamptz
    from unnest(${news.map(({ id }) => id)}::bytea[], ${news.map(({ stage }) => stage)}::text[], ${news.map(({ account }) => account)}::uuid[])
      as news (duty, stage, account)
    on conflict do nothing returning duty, stage, account_id`.execute(tx.db)
  const key = (id: Buffer, stage: string, account: string) => `${id.toString('hex')} ${stage} ${account}`
  const isNew = new Set(noted.map(({ duty, stage, account_id }) => key(duty, stage, account_id)))
  return news.filter(({ id, stage, account }) => isNew.has(key(id, stage, account)))
}

const keptDays = 400

/** For the nightly job. What was told of a duty is kept as long as the duty can be of interest. */
export const forgetNotices = (tx: Tx) => tx.db.deleteFrom('duty_notices')
  .where('told_at', '<', timestampOf(tx.now.subtract({ hours: 24 * keptDays }))).execute()
