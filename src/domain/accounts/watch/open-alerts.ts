import { alertDays, listAlerts, openAlert, type Noticed } from '../../../access/alerts.ts'
import type { AccountRow } from '../../../access/tables.ts'
import type { Database } from '../../../db/database.ts'
import { alertWords } from './words.ts'

/** What was noticed about somebody's account and waits for their word. */
export interface OpenAlert { readonly id: string; readonly at: Date; readonly words: string; readonly noticed: Noticed }

export async function openAlertsOf({ global, keyring }: Database, account: AccountRow, now: Temporal.Instant): Promise<OpenAlert[]> {
  const since = now.subtract({ hours: alertDays * 24 }).epochMilliseconds
  const open = (await listAlerts(global, account.id)).filter(({ answer, noticed_at: at }) => answer === null && at.getTime() > since)
  return Promise.all(open.map(async (alert) => {
    const noticed = await openAlert(keyring, account, alert)
    return { id: alert.id, at: alert.noticed_at, words: alertWords(alert.kind, noticed), noticed }
  }))
}
