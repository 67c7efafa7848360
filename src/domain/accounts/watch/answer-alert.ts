import { clearPassword } from '../../../access/accounts.ts'
import { answerAlert, findOpenAlert, type Answer } from '../../../access/alerts.ts'
import { forgetDevices } from '../../../access/known-devices.ts'
import { rolesOf } from '../../../access/memberships.ts'
import { personKey } from '../../../access/person-key.ts'
import { endSessionsOf } from '../../../access/sessions.ts'
import type { Tx } from '../../../db/tx.ts'
import { NotFound } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { post, toTeam } from '../../../mail/index.ts'
import type { Page } from '../../../web/page.ts'
import { alertDisowned, alertRecognised } from './kinds.ts'
import { tellAdministrators } from './letters.ts'
import { organizationsOf } from './organizations-of.ts'

/** Which alert: the one of a mailed link, or one's own. */
export type WhichAlert = Parameters<typeof findOpenAlert>[1]

/**
 * The owner's word about an alert, given once. *Not me* ends every session, makes every browser a stranger, and takes the password away: a new
 * one is set by mail. Whoever reads the owner's mail could do no more than that with a reset, and the second factor stays.
 */
export async function answer(page: Page, which: WhichAlert, said: Answer): Promise<void> {
  const { database } = page.deps
  const accountId = await database.write(page.organization.id, async (tx) => {
    const alert = await findOpenAlert(tx, which, 'lock')
    if (!alert) throw answered()
    await answerAlert(tx, alert.id, said)
    if (said === 'not-me') await lockOut(tx, alert.account_id)
    if (await rolesOf(tx, alert.account_id)) await record(tx, alert.account_id, said)
    return alert.account_id
  })
  const others = (await organizationsOf(database, accountId)).filter((id) => id !== page.organization.id)
  for (const id of others) await database.write(id, (tx) => record(tx, accountId, said))
}

export const answered = () =>
  new NotFound('This link was used already, or is older than 14 days. What was noticed stands on your own page once you have signed in.')

async function lockOut(tx: Tx, accountId: string): Promise<void> {
  await endSessionsOf(tx.db, accountId)
  await forgetDevices(tx.db, accountId)
  await clearPassword(tx.db, accountId)
}

async function record(tx: Tx, accountId: string, said: Answer): Promise<void> {
  const about = { subjects: { person: accountId }, marks: {}, facts: {}, keyId: await personKey(tx, accountId) }
  await append(tx, said === 'me' ? alertRecognised : alertDisowned, about)
  if (said === 'not-me') await post(tx, tellAdministrators(await toTeam(tx, 'access.manage')))
}
