import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Actor } from '../../src/access/actor.ts'
import type { Role } from '../../src/access/roles.ts'
import { openDatabase, type Database } from '../../src/db/database.ts'
import { withClient } from '../../src/db/setup.ts'
import type { Tx } from '../../src/db/tx.ts'
import { checkLedger, openLog, sequenceAll } from '../../src/ledger/index.ts'
import { ManualClock } from '../../src/lib/clock.ts'
import { newId } from '../../src/lib/ids.ts'
import { recordKeyring } from '../../src/seal/admit-keyring.ts'
import { testKeyring, type Keyring } from '../../src/seal/keyring.ts'
import { runQuery, runVerb } from '../../src/verbs/run.ts'
import type { Query, Verb } from '../../src/verbs/verb.ts'
import { template, testServer } from './postgres.ts'

export interface WorldOptions {
  /** How many organizations there are; two unless told. */
  readonly organizations?: number
  readonly clock?: string
  readonly poolSize?: number
}

export interface World {
  readonly database: Database
  readonly organization: { id: string; slug: string }
  /** Somebody else's organization, for the question whether we can see into it. */
  readonly other: { id: string; slug: string }
  readonly organizations: { id: string; slug: string }[]
  readonly clock: ManualClock
  readonly keyring: Keyring
  /** Of this world's database, for a role: avow_app (what `database` uses), avow_owner or postgres. */
  url(role: 'avow_app' | 'avow_owner' | 'postgres'): string
  write<T>(use: (tx: Tx) => Promise<T>): Promise<T>
  read<T>(use: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs verbs and queries of `organization` as somebody. A role's name stands for a member who has it. */
  as(who: Role | 'nobody' | Actor): Someone
  /** Recomputes every ledger first, and throws if one of them is not what was signed. `check: false` for a test that breaks it on purpose. */
  close(how?: { check?: boolean }): Promise<void>
}

export interface Someone {
  readonly actor: Actor
  run<O>(verb: Verb<any, O>, input: unknown): Promise<O>
  ask<O>(query: Query<any, O>, input: unknown): Promise<O>
}

/** A real PostgreSQL database, cloned from the migrated template, reached in the running role: nothing here is a stand-in. */
export async function world({ organizations: count = 2, clock: start = '2026-01-05T09:00:00Z', poolSize = 8 }: WorldOptions = {}): Promise<World> {
  const server = await testServer()
  const name = `avow_${randomBytes(6).toString('hex')}`
  const admin = <T>(use: (client: pg.Client) => Promise<T>) => withClient(server.url('postgres', 'postgres'), use)
  await admin((client) => client.query(`create database ${name} template ${template} owner avow_owner strategy file_copy`))
  const url = (role: string) => server.url(role, name)
  const clock = new ManualClock(start)
  const keyring = testKeyring()
  const database = await openDatabase({ url: url('avow_app'), keyring, clock, poolSize })
  await recordKeyring(database.global, keyring)
  const organizations = await foundOrganizations(database, Math.max(2, count), clock)
  const organization = organizations[0]!

  return {
    database, organizations, organization, other: organizations[1]!, clock, keyring, url,
    write: (use) => database.write(organization.id, use),
    read: (use) => database.read(organization.id, use),
    as: (who) => someone(database, organization.id, typeof who === 'string' ? actorWith(who) : who),
    async close({ check = true } = {}) {
      const problems = check ? await ledgerProblems(database, organizations) : []
      await database.close()
      await admin((client) => client.query(`drop database ${name} with (force)`))
      if (problems.length > 0) throw new Error(`The ledger does not check:\n${problems.join('\n')}`)
    },
  }
}

/** Examples, because only an example's clock can be held in the hand. */
async function foundOrganizations(database: Database, count: number, clock: ManualClock): Promise<{ id: string; slug: string }[]> {
  const made = Array.from({ length: count }, (_, i) => ({ id: newId(), slug: `organization-${i + 1}` }))
  await database.global.insertInto('organizations').values(made.map(({ id, slug }, i) => ({
    id, slug, name: `Organization ${i + 1}`, host: null, log_origin: `example.invalid/${slug}`, example: true,
    created_at: new Date(clock.now().epochMilliseconds),
  }))).execute()
  await Promise.all(made.map(({ id }) => database.write(id, openLog)))
  return made
}

async function ledgerProblems(database: Database, organizations: readonly { id: string }[]): Promise<string[]> {
  const problems: string[] = []
  for (const { id } of organizations) {
    await sequenceAll(database, id)
    problems.push(...(await checkLedger(database, id)).problems)
  }
  return problems
}

function actorWith(role: Role | 'nobody'): Actor {
  if (role === 'nobody') return { kind: 'nobody' }
  if (role === 'machine') return { kind: 'machine', keyId: newId(), roles: [role], verbs: 'all' }
  return { kind: 'member', accountId: newId(), personName: `The ${role}`, roles: [role], confirmed: true }
}

const someone = (database: Database, organizationId: string, actor: Actor): Someone => ({
  actor,
  run: (verb, input) => runVerb({ database }, verb, actor, organizationId, input),
  ask: (query, input) => runQuery({ database }, query, actor, organizationId, input),
})
