import { identityOf } from '../../../access/accounts.ts'
import { hasSecondFactor, removeFactorsOf } from '../../../access/factors.ts'
import { endSessionsOf, type Method, type Session } from '../../../access/sessions.ts'
import type { AccountRow } from '../../../access/tables.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, NotFound, refuseIf } from '../../../lib/errors.ts'
import type { Page } from '../../../web/page.ts'
import { confirmed } from '../sessions/confirmed.ts'
import { keepPasskey, listPasskeys, removePasskey, verifyNewPasskey, type Passkey } from './passkeys.ts'
import { countRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import { tellOfFactor, type Factor } from './tell.ts'
import { activateApp, begunApp, findApp, removeApp, type NewApp } from './totp.ts'

export interface OwnFactors { readonly app: { addedAt: Date; usedAt: Date | null } | null; readonly passkeys: readonly Passkey[]; readonly codes: number }

export async function ownFactors(tx: Tx, account: AccountRow): Promise<OwnFactors> {
  const app = await findApp(tx, account.id, 'active')
  const passkeys = await listPasskeys(tx, account)
  return { app: app ? { addedAt: app.active_at!, usedAt: app.used_at } : null, passkeys, codes: await countRecoveryCodes(tx, account.id) }
}

/** The app that is being added, as its person's apps will call it: the organisation, and their address. */
export async function appToAdd(tx: Tx, page: Page, account: AccountRow): Promise<NewApp | null> {
  const { address } = await identityOf(tx.keyring, account)
  return begunApp(tx, account, { issuer: page.organization.name, label: address })
}

/** The first code of the app. The answer is recovery codes where there were none. */
export async function addApp(page: Page, session: Session, code: string): Promise<string[]> {
  return added(page, session, 'app', 'totp', async (tx) => {
    const right = await activateApp(tx, session.account, code.replaceAll(/\s/g, ''))
    if (!right) throw new Invalid({ code: 'This is not the code that the app shows now. Is your phone’s clock right?' })
  })
}

export async function addPasskey(page: Page, session: Session, answer: string, name: string): Promise<string[]> {
  const made = await verifyNewPasskey(page, session.account, answer)
  return added(page, session, 'passkey', 'passkey', (tx) => keepPasskey(tx, session.account, made, name))
}

/**
 * A first factor changes what a session of this person stands for: those in other browsers, which never showed it, end; this one goes on
 * under a new token. With it come the codes for the day when it is lost.
 */
async function added(page: Page, session: Session, factor: Factor, method: Method, add: (tx: Tx) => Promise<void>): Promise<string[]> {
  const { account, id, hasSecondFactor: hadOne } = session
  const codes = await page.deps.database.write(page.organization.id, async (tx) => {
    await add(tx)
    await tellOfFactor(tx, account.id, 'added', factor)
    if (!hadOne) await endSessionsOf(tx.db, account.id, { except: id })
    return await countRecoveryCodes(tx, account.id) > 0 ? [] : makeRecoveryCodes(tx, account.id)
  })
  await confirmed(page, id, method)
  return codes
}

/** Ten new ones; the old ones are worth nothing from now on. They stand in for a factor that is lost, so there has to be one. */
export async function renewCodes(page: Page, { account, hasSecondFactor: hasOne }: Session): Promise<string[]> {
  refuseIf(!hasOne, 'no_second_factor', 'Add a second factor first. The codes come with it.')
  return page.deps.database.write(page.organization.id, async (tx) => {
    await tellOfFactor(tx, account.id, 'added', 'recovery-codes')
    return makeRecoveryCodes(tx, account.id)
  })
}

export const dropApp = (page: Page, session: Session): Promise<void> => dropped(page, session, 'app', (tx) => removeApp(tx, session.account.id))
export const dropPasskey = (page: Page, session: Session, id: string): Promise<void> =>
  dropped(page, session, 'passkey', (tx) => removePasskey(tx, session.account.id, id))

/** Whoever is of the team keeps one. Sessions in other browsers end, since they may have been opened with what is removed. */
async function dropped(page: Page, { account, id }: Session, factor: Factor, drop: (tx: Tx) => Promise<boolean>): Promise<void> {
  await page.deps.database.write(page.organization.id, async (tx) => {
    // Of two removals at once, the second sees what the first has left.
    await tx.db.selectFrom('accounts').select('id').where('id', '=', account.id).forUpdate().execute()
    if (!await drop(tx)) throw new NotFound()
    const none = !await hasSecondFactor(tx.db, account.id)
    refuseIf(none && page.actor.kind === 'member', 'last_second_factor', 'This is your last second factor, and your team asks for one. Add another first.')
    if (none) await removeFactorsOf(tx.db, account.id)   // and with them the recovery codes
    await tellOfFactor(tx, account.id, 'removed', factor)
    await endSessionsOf(tx.db, account.id, { except: id })
  })
}
