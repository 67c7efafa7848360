import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../access/actor.ts'
import { removeFactorsOf } from '../../../access/factors.ts'
import { rolesOf } from '../../../access/memberships.ts'
import { endSessionsOf } from '../../../access/sessions.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { NotFound, refuseIf, Refused } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { post, toTeam } from '../../../mail/index.ts'
import { organizationKey, sealText } from '../../../seal/envelope.ts'
import { verb } from '../../../verbs/verb.ts'
import { lockAccount } from './change-password.ts'
import { recoveryApproved, recoveryAsked, recoveryFinished, recoveryRefused } from './kinds.ts'
import { recoveryDoneLetter, recoveryForAdministrators, recoveryLetter, recoveryNotice } from './letters.ts'
import { createMailLink, openMailLink, staleLink, useMailLink } from './mail-links.ts'
import type { RecoveryRow } from './tables.ts'

/*
 * A lost second factor takes four: two administrators, the person's mailbox, and at the next sign-in their password. In each
 * organisation that the person belongs to, two administrators have to agree, or those of one could open what is another's.
 */

/** Nobody needs longer; what is not finished by then is begun anew. */
const openDays = 7

export const askRecovery = verb({
  name: 'recovery.ask', summary: 'Asks that the second factor of a member who has lost it be removed. A second administrator has to agree.',
  may: 'access.manage', stepUp: true, entries: ['recovery.asked'],
  input: z.object({
    member: z.uuid(),
    reason: z.string().trim().min(10, 'Say what happened, and how you made sure who is asking.').max(2000),
  }),
  output: z.object({ recovery: z.uuid() }),
  async run({ tx, actor }, { member, reason }) {
    const asked_by = somebody(actor)
    refuseIf(asked_by === member, 'own_recovery', 'Two other administrators have to do this for you.')
    if (!await rolesOf(tx, member)) throw new NotFound()
    await endOverdue(tx, member)
    const id = tx.newId()
    const row = await tx.db.insertInto('recoveries').values({
      organization_id: tx.organizationId, id, account_id: member, asked_by, asked_at: timestampOf(tx.now),
      reason_box: await sealText(tx, await organizationKey(tx), reasonPlace(id), reason), approved_by: null, approved_at: null,
      refused_at: null, refused_by: null, finished_at: null, expires_at: new Date(tx.now.epochMilliseconds + openDays * 86_400_000),
    }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    refuseIf(!row, 'recovery_open', 'Somebody has asked for this already. It waits for a second administrator.')
    await append(tx, recoveryAsked, { subjects: { person: member }, marks: {}, facts: { reason } })
    await post(tx, recoveryNotice(member, await createMailLink(tx, 'refuse-recovery', { accountId: member, recoveryId: id })))
    const asked = 'An administrator asked to remove the second factor of a member who has lost it. A second administrator has to agree.'
    await tellAdministrators(tx, [asked_by, member], asked)
    return { recovery: id }
  },
})

export const approveRecovery = verb({
  name: 'recovery.approve', summary: 'Agrees, as a second administrator, that a lost second factor be removed. The person finishes it by mail.',
  may: 'access.manage', stepUp: true, entries: ['recovery.approved'],
  input: z.object({ recovery: z.uuid() }),
  async run({ tx, actor }, { recovery: id }) {
    const approved_by = somebody(actor)
    const recovery = await lockRecovery(tx, id)
    refuseIf(recovery.approved_at, 'recovery_approved', 'Two administrators have agreed already.')
    refuseIf(approved_by === recovery.asked_by, 'second_administrator', 'You asked for it. Another administrator has to agree.')
    refuseIf(approved_by === recovery.account_id, 'own_recovery', 'Two other administrators have to do this for you.')
    await tx.db.updateTable('recoveries').set({ approved_by, approved_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    await append(tx, recoveryApproved, { subjects: { person: recovery.account_id }, marks: {}, facts: {} })
    await post(tx, recoveryLetter(recovery.account_id, await createMailLink(tx, 'recovery', { accountId: recovery.account_id, recoveryId: id })))
  },
})

export const refuseRecovery = verb({
  name: 'recovery.refuse', summary: 'Stops the removal of a second factor.', may: 'access.manage', entries: ['recovery.refused'],
  input: z.object({ recovery: z.uuid() }),
  async run({ tx, actor }, { recovery: id }) {
    await refuse(tx, await lockRecovery(tx, id), { by: 'administrator', account: somebody(actor) })
  },
})

export const refuseOwnRecovery = verb({
  name: 'recovery.refuse-own', summary: 'Stops the removal of your second factor, with the link that was mailed to you.', may: 'public.read',
  entries: ['recovery.refused'],
  input: z.object({ token: z.string().max(200) }),
  async run({ tx }, { token }) {
    const link = await openMailLink(tx, 'refuse-recovery', token, 'lock')
    const recovery = await lockRecovery(tx, link.recovery_id!)
    await refuse(tx, recovery, { by: 'person', account: recovery.account_id })
    await useMailLink(tx, link)
    await tellAdministrators(tx, [], 'The person says that their second factor is not lost, and stopped its removal. Find out who asked for it.')
  },
})

export const finishRecovery = verb({
  name: 'recovery.finish', summary: 'Removes your lost second factor with the link that was mailed to you, and signs you out everywhere.', may: 'public.read',
  entries: ['recovery.finished'],
  input: z.object({ token: z.string().max(200) }),
  async run({ tx }, { token }) {
    const link = await openMailLink(tx, 'recovery', token, 'lock')
    const { id, account_id } = await lockRecovery(tx, link.recovery_id!)
    const missing = await missingAgreements(tx, account_id)
    refuseIf(missing > 0, 'agreement_missing', 'You belong to other organisations here. Their administrators have to agree too; then open this page again.')
    const account = await lockAccount(tx, account_id)
    if (account.factors_removed_at && account.factors_removed_at > link.created_at) throw staleLink()
    await removeFactorsOf(tx.db, account_id)
    await tx.db.updateTable('accounts').set({ factors_removed_at: new Date() }).where('id', '=', account_id).execute()
    await endSessionsOf(tx.db, account_id)
    await tx.db.updateTable('recoveries').set({ finished_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    await useMailLink(tx, link)
    await append(tx, recoveryFinished, { subjects: { person: account_id }, marks: {}, facts: {} })
    await post(tx, recoveryDoneLetter(account_id))
  },
})

/** Two people, so no key may stand in for one of them. */
function somebody(actor: Actor): string {
  if (actor.kind !== 'member') throw new Refused('people_only', 'This takes a person who is signed in, not a key.')
  return actor.accountId
}

async function lockRecovery(tx: Tx, id: string): Promise<RecoveryRow> {
  const row = await tx.db.selectFrom('recoveries').selectAll().where('id', '=', id).where('finished_at', 'is', null).where('refused_at', 'is', null)
    .where('expires_at', '>', timestampOf(tx.now)).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound('This was finished, stopped, or has waited too long.')
  return row
}

/** What has waited too long makes room for the next. */
const endOverdue = (tx: Tx, accountId: string) => tx.db.updateTable('recoveries').set({ refused_at: timestampOf(tx.now) })
  .where('account_id', '=', accountId).where('finished_at', 'is', null).where('refused_at', 'is', null).where('expires_at', '<=', timestampOf(tx.now)).execute()

async function refuse(tx: Tx, { id, account_id }: RecoveryRow, { by, account }: { by: 'administrator' | 'person'; account: string }): Promise<void> {
  await tx.db.updateTable('recoveries').set({ refused_at: timestampOf(tx.now), refused_by: account }).where('id', '=', id).execute()
  await append(tx, recoveryRefused, { subjects: { person: account_id }, marks: { by }, facts: {} })
}

async function missingAgreements(tx: Tx, accountId: string): Promise<number> {
  const { rows: [row] } = await sql<{ n: number }>`select avow.recoveries_missing(${accountId}, ${timestampOf(tx.now)}) as n`.execute(tx.db)
  return row!.n
}

async function tellAdministrators(tx: Tx, except: readonly string[], sentence: string): Promise<void> {
  const team = await toTeam(tx, 'access.manage')
  const accounts = 'accounts' in team ? team.accounts.filter((id) => !except.includes(id)) : []
  await post(tx, recoveryForAdministrators(accounts, sentence))
}

export const reasonPlace = (id: string) => `recovery-reason:${id}`
