import { insertAlert, isRaised, type AlertKind, type Noticed } from '../../../access/alerts.ts'
import { personKey } from '../../../access/person-key.ts'
import type { AccountRow } from '../../../access/tables.ts'
import type { Database } from '../../../db/database.ts'
import type { Tx } from '../../../db/tx.ts'
import { append } from '../../../ledger/index.ts'
import { post, toTeam } from '../../../mail/index.ts'
import {
  disabledAccountDetected, distanceDetected, guessingDetected, lateSuccessDetected, newDeviceDetected, sprayingDetected, stuffingDetected,
} from './kinds.ts'
import { askOwner, tellAdministrators } from './letters.ts'
import { organizationsOf } from './organizations-of.ts'

/** Something about one account: told to its owner, and recorded wherever they are of the team. */
export interface AccountAlert {
  readonly kind: AlertKind
  /** Within it, the same is told once. */
  readonly period: string
  readonly noticed: Noticed
  readonly minutesApart?: number
}

/**
 * Records and tells it, once for each kind and period. `home` is the organisation where it was noticed, and whose link the owner gets: it comes
 * last, with the alert itself, so that a job that broke off and is tried again leaves nobody out.
 */
export async function raiseForAccount(database: Database, home: string, account: AccountRow, alert: AccountAlert): Promise<void> {
  if (await database.read(home, (tx) => isRaised(tx, account.id, alert))) return
  const organizations = await organizationsOf(database, account.id, home)
  for (const id of organizations.filter((id) => id !== home)) await database.write(id, (tx) => recordAlert(tx, account.id, alert))
  await database.write(home, async (tx) => {
    const token = await insertAlert(tx, account, alert.kind, alert.period, alert.noticed)
    if (!token) return
    if (alert.kind !== 'closed-account') await post(tx, askOwner(account.id, alert.kind, token))
    if (organizations.includes(home)) await recordAlert(tx, account.id, alert)
  })
}

async function recordAlert(tx: Tx, accountId: string, { kind, noticed, minutesApart = 0 }: AccountAlert): Promise<void> {
  const about = { subjects: { person: accountId }, keyId: await personKey(tx, accountId) }
  const { attempts, country, device, method, from, reasons } = noticed
  const place = { country, device, method }
  if (kind === 'password-guessed') await append(tx, guessingDetected, { ...about, marks: { what: 'password' }, facts: { attempts } })
  if (kind === 'factor-guessed') await append(tx, guessingDetected, { ...about, marks: { what: 'factor' }, facts: { attempts } })
  if (kind === 'closed-account') await append(tx, disabledAccountDetected, { ...about, marks: {}, facts: {} })
  if (reasons.includes('new-device')) await append(tx, newDeviceDetected, { ...about, marks: {}, facts: place })
  if (reasons.includes('after-failures')) await append(tx, lateSuccessDetected, { ...about, marks: {}, facts: { ...place, attempts } })
  if (reasons.includes('impossible-distance')) {
    await append(tx, distanceDetected, { ...about, marks: {}, facts: { ...place, from: from ?? '', minutes: minutesApart } })
  }
  // A new browser is everybody's daily life; the rest is for the team's administrators too.
  if (reasons.length !== 1 || reasons[0] !== 'new-device') await post(tx, tellAdministrators(await toTeam(tx, 'access.manage')))
}

/** Something about everybody's accounts at once. */
export async function raiseForAll(tx: Tx, what: 'spraying' | 'stuffing', facts: { accounts: number; networks: number }): Promise<void> {
  if (what === 'stuffing') await append(tx, stuffingDetected, { subjects: {}, marks: {}, facts })
  else await append(tx, sprayingDetected, { subjects: {}, marks: { from: facts.networks === 1 ? 'one network' : 'many networks' }, facts })
  await post(tx, tellAdministrators(await toTeam(tx, 'access.manage')))
}
