import { createAccount } from '../../src/access/accounts.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { bridgeJobs } from '../../src/domain/bridges/index.ts'
import { listIssues, type IssueLine } from '../../src/domain/bridges/list-bridges.ts'
import { addBridge } from '../../src/domain/bridges/manage-bridges.ts'
import { passOn } from '../../src/domain/bridges/pass-on.ts'
import { acceptReport } from '../../src/domain/reports/accept-report.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { verifyReport } from '../../src/domain/reports/verify-report.ts'
import { listMails } from '../../src/mail/index.ts'
import { trackerServer } from './tracker-server.ts'
import { world } from './world.ts'

/** Where the desk is, as links in issues say. */
export const base = 'https://avow.example'

type Kind = 'github' | 'gitlab'

/** A world with Ada, an administrator, and a tracker to connect to. */
export async function bridged() {
  const w = await world()
  const account = await createAccount(w.database.global, w.keyring, { name: 'Ada', address: 'ada@example.org' }, null)
  await w.write((tx) => addMember(tx, account, ['admin']))
  const ada = w.as({ kind: 'member', accountId: account, personName: 'Ada', roles: ['admin'], confirmed: true } as Actor)
  const there = await trackerServer()
  const jobsOf = (privateNetwork: boolean) => bridgeJobs({ privateNetwork, baseOf: async () => base })
  const [check, sync, poll] = jobsOf(true)
  const work = () =>
    ({ database: w.database, organizationId: w.organization.id, actor: { kind: 'system', job: 'x' } as const, signal: new AbortController().signal })

  const add = (kind: Kind, given = {}) => ada.run(addBridge, { kind, base: there.origin, project: 'acme/security', token: 'secret-token', ...given })
  async function arrived(steps: 'received' | 'accepted' = 'received'): Promise<string> {
    const { report } = await w.as('nobody').run(submitReport, { title: 'canary', description: 'canary', steps: 'canary', name: 'canary', good_faith: true })
    if (steps === 'accepted') {
      await ada.run(verifyReport, { report, severity: 'high' })
      await ada.run(acceptReport, { report })
    }
    return report
  }
  const issues = async (report: string): Promise<IssueLine[]> => (await ada.ask(listIssues, { report })).issues
  return {
    w, ada, there, work, check: check!, poll: poll!, sync: (issue: string) => sync!.run(work(), { issue }), jobsOf, add, arrived, issues,
    only: async (report: string) => (await issues(report))[0]!,
    /** The issue is looked after once more, when its time has come. */
    async looked(issue: string): Promise<void> {
      w.clock.advance({ minutes: 11 })
      await sync!.run(work(), { issue })
    },
    async passed(kind: Kind, steps: 'received' | 'accepted' = 'accepted') {
      const [{ bridge, secret }, report] = [await add(kind), await arrived(steps)]
      const { issue } = await ada.run(passOn, { report, bridge })
      await sync!.run(work(), { issue })
      return { bridge, secret, report, issue }
    },
    letters: async () => (await w.read((tx) => listMails(tx, 1000))).map(({ subject }) => subject),
    referenceOf: (report: string) => w.read(async (tx) =>
      (await tx.db.selectFrom('reports').select('reference').where('id', '=', report).executeTakeFirstOrThrow()).reference),
    async close() {
      await there.close()
      await w.close()
    },
  }
}

export type Bridged = Awaited<ReturnType<typeof bridged>>
