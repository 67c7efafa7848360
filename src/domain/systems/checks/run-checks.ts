import { z } from 'zod'
import type { Actor } from '../../../access/actor.ts'
import type { Database } from '../../../db/database.ts'
import type { Tx } from '../../../db/tx.ts'
import { job, type Job } from '../../../jobs/index.ts'
import { findSystem, listSystems } from '../find.ts'
import { record, sweepNonces } from '../record-check.ts'
import { avowSlug } from '../system.ts'
import type { SystemRow } from '../tables.ts'
import { lookAtContact } from './contact.ts'
import { lookAtEncryption } from './encryption-at-rest.ts'
import { together, type Look } from './look.ts'
import { lookAtPasswordHashing } from './password-hashing.ts'
import { lookAtPasswordRules } from './password-rules.ts'
import { lookAtRoles } from './roles-assigned.ts'
import { lookAtSecondFactor } from './second-factor.ts'
import { lookAtTls } from './tls.ts'

export interface Where {
  /** Address of an organisation's pages, where it has one of its own. */
  baseOf(organizationId: string): Promise<string>
  /** The server of the security contact's mailbox: `smtps://mail.example.org`. */
  readonly mailbox?: string
  /** Whether hosts inside the operator's own network are looked at too. */
  readonly privateNetwork?: boolean
}

/** The checks that Avow makes by itself. They look from outside any transaction, and record what they saw in one. */
export const checkJobs = (where: Where): Job[] => [
  job({
    name: 'checks.look',
    payload: z.object({}),
    every: '7 * * * *',
    run: ({ database, organizationId, actor }) => runChecks(database, organizationId, actor, where),
  }),
]

interface Finding { readonly system: SystemRow; readonly check: string; readonly look: Look }

export async function runChecks(database: Database, organizationId: string, actor: Actor, where: Where): Promise<void> {
  const [systems, nowMs] = await database.read(organizationId, async (tx) => [await listSystems(tx), tx.now.epochMilliseconds] as const)
  const avow = systems.find(({ slug }) => slug === avowSlug)
  const base = await where.baseOf(organizationId)
  const outside = systems.map((system) => tlsOf(system, system === avow ? [new URL(base)] : [], where))
  const inside = avow ? [contactOf(avow, base, where.mailbox, nowMs), insideOf(database, avow)] : []
  const findings = (await Promise.all([...outside, ...inside])).flat()
  await database.write(organizationId, async (tx) => {
    for (const { system, check, look } of findings) {
      // It may have been retired while we looked.
      if (!await findSystem(tx, system.slug)) continue
      await record({ ...tx, actor }, system, { check, ...look, source: avowSlug, observed: tx.now, vouch: 'machine' })
    }
    await sweepNonces(tx)
  })
}

/** The hosts that are configured, and for Avow itself the address of its pages, which the operator has set. */
async function tlsOf(system: SystemRow, pages: readonly URL[], { privateNetwork = false }: Where): Promise<Finding[]> {
  const ours = (page: URL) => page.protocol === 'https:' ? lookAtTls(page.host, { privateNetwork: true }) : withoutTls(page)
  const looks = [...system.hosts.map((host) => lookAtTls(host, { privateNetwork })), ...pages.map(ours)]
  return looks.length === 0 ? [] : [{ system, check: 'tls', look: together(await Promise.all(looks)) }]
}

const withoutTls = async ({ host }: URL): Promise<Look> => ({ passed: false, detail: `The pages at ${host} are served without TLS.` })

async function contactOf(system: SystemRow, base: string, mailbox: string | undefined, nowMs: number): Promise<Finding[]> {
  return [{ system, check: 'contact', look: await lookAtContact({ base, mailbox, nowMs }) }]
}

/** What Avow sees of itself, by the check's name; nothing where there is nothing to see. */
const ownLooks: Record<string, (tx: Tx) => Promise<Look | undefined>> = {
  'password-hashing': lookAtPasswordHashing,
  'password-rules': lookAtPasswordRules,
  'second-factor': lookAtSecondFactor,
  'encryption-at-rest': lookAtEncryption,
  'roles-assigned': lookAtRoles,
}

async function insideOf(database: Database, system: SystemRow): Promise<Finding[]> {
  return database.read(system.organization_id, async (tx) => {
    const findings: Finding[] = []
    for (const [check, lookAt] of Object.entries(ownLooks)) {
      const look = await lookAt(tx)
      if (look) findings.push({ system, check, look })
    }
    return findings
  })
}
