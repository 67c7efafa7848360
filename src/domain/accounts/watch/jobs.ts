import { z } from 'zod'
import { sweepAlerts, type AlertKind } from '../../../access/alerts.ts'
import { countMore } from '../../../access/attempts.ts'
import { listSignIns } from '../../../access/sign-ins.ts'
import type { AccountRow } from '../../../access/tables.ts'
import type { Database } from '../../../db/database.ts'
import { deploymentJob, job, type Job } from '../../../jobs/index.ts'
import { thresholds } from './count-failure.ts'
import { isImpossible } from './distance.ts'
import { raiseForAccount, raiseForAll } from './raise.ts'

/** What attacks everybody is told once in so long. */
const crowdSeconds = 6 * 3600

const Attacked = z.object({
  what: z.enum(['password-guessed', 'factor-guessed', 'closed-account', 'spraying', 'stuffing']), account: z.uuid(), attempts: z.int(), networks: z.int(),
})

/** Attempts that failed, counted where they came in. About nobody where the address has no account: then nobody is told. */
export const attackedJob = job({
  name: 'sign-in.attacked', payload: Attacked,
  async run({ database, organizationId }, { what, account: accountId, attempts, networks }) {
    if (what === 'spraying' || what === 'stuffing') {
      const first = await countMore(database, { name: `${what} told`, perSeconds: crowdSeconds }, `${organizationId}\n${networks === 1}`) === 1
      if (first) await database.write(organizationId, (tx) => raiseForAll(tx, what, { accounts: attempts, networks }))
      return
    }
    const account = await accountOf(database, accountId)
    const noticed = { reasons: [], attempts, country: null, from: null, device: '', method: '' }
    const period = await today(database, organizationId)
    if (account) await raiseForAccount(database, organizationId, account, { kind: what satisfies AlertKind, period, noticed })
  },
})

const Looked = z.object({ account: z.uuid(), signIn: z.uuid(), newDevice: z.boolean(), failures: z.int() })

/** Somebody has entered: was anything about it out of the ordinary? The first time of all is not. */
export const lookJob = job({
  name: 'sign-in.look', payload: Looked,
  async run({ database, organizationId }, { account: accountId, signIn: id, newDevice, failures }) {
    const account = await accountOf(database, accountId)
    const signIns = account ? await listSignIns(database.global, database.keyring, account) : []
    const at = signIns.findIndex((one) => one.id === id)
    const [entry, before] = [signIns[at], signIns[at + 1]]
    if (!account || !entry || !before) return
    const minutesApart = Math.round((entry.at.getTime() - before.at.getTime()) / 60_000)
    const isFar = before.country !== null && entry.country !== null && isImpossible(before.country, entry.country, minutesApart / 60)
    const reasons = [
      ...newDevice ? ['new-device' as const] : [],
      ...isFar ? ['impossible-distance' as const] : [],
      ...failures >= thresholds.failuresBeforeSuccess ? ['after-failures' as const] : [],
    ]
    const { country, device, method } = entry
    const noticed = { reasons, attempts: failures, country, from: before.country, device, method }
    if (reasons.length > 0) await raiseForAccount(database, organizationId, account, { kind: 'unusual-entry', period: id, noticed, minutesApart })
  },
})

/** What was noticed is kept for a year; its entries stay. */
const sweepJob = deploymentJob({
  name: 'alerts.sweep', payload: z.object({}), every: '15 3 * * *',
  async run({ database }) { await sweepAlerts(database.global) },
})

export const watchJobs: readonly Job[] = [attackedJob, lookJob, sweepJob]

const accountOf = async (database: Database, id: string): Promise<AccountRow | null> => {
  const row = await database.global.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
  return row?.wrapped_key ? row : null
}

const today = async (database: Database, organizationId: string): Promise<string> => (await database.clockOf(organizationId)).now().toString().slice(0, 10)
