import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { listAlerts, openAlert } from '../../../access/alerts.ts'
import { listSignIns } from '../../../access/sign-ins.ts'
import { Unauthenticated } from '../../../lib/errors.ts'
import { factsIfKept } from '../../../ledger/index.ts'
import { query } from '../../../verbs/verb.ts'
import { ownEntries } from './own-entries.ts'
import { ownRows } from './own-rows.ts'

/** More than anybody does in a working life here. */
const mostEntries = 100_000

export const exportOwnData = query({
  name: 'account.export', summary: 'Everything that is kept about you here, and what was recorded about you or by you.', may: 'account.own', stepUp: true,
  input: z.object({}),
  async run({ tx, actor }) {
    if (actor.kind !== 'member' && actor.kind !== 'person') throw new Unauthenticated()
    const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', actor.accountId).executeTakeFirstOrThrow()
    const signIns = await listSignIns(tx.db, tx.keyring, account)
    const alerts = (await listAlerts(tx.db, account.id, 1000)).map(async (alert) => (
      { kind: alert.kind, at: alert.noticed_at.toISOString(), answer: alert.answer, noticed: await openAlert(tx.keyring, account, alert) }))
    const entries = await ownEntries(tx, account.id, mostEntries)
    return {
      exported_at: tx.now.toString(),
      account: { id: account.id, ...await identityOf(tx.keyring, account), created_at: account.created_at.toISOString() },
      sign_ins: signIns.map(({ id: _, at, ...signIn }) => ({ at: at.toISOString(), ...signIn })),
      alerts: await Promise.all(alerts),
      rows: await ownRows(tx, account.id),
      entries: await Promise.all(entries.map(async ({ id, at, kind, about, mine, marks }) => (
        { at: at.toISOString(), kind, about, by_you: mine, marks, ...mine ? {} : { facts: await factsIfKept(tx, id) } }))),
    }
  },
})
