// So many wrong passwords for one account, and one for each of so many accounts, from many networks, while the owner goes on signing in:
// npm run bench:guessing -- [attempts]
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { createAccount } from '../../src/access/accounts.ts'
import { addMember } from '../../src/access/memberships.ts'
import { accounts } from '../../src/domain/accounts/index.ts'
import { watchJobs } from '../../src/domain/accounts/watch/jobs.ts'
import { watchKinds } from '../../src/domain/accounts/watch/kinds.ts'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { wayfarer } from '../support/wayfarer.ts'
import { workThrough } from '../support/working.ts'
import { world } from '../support/world.ts'

const count = Number(process.argv[2] ?? 1000)
const password = 'four words are better'
const [w, owner] = [await world(), 'owner@example.org']
const app = createWeb({ database: w.database, modules: accounts, operations: registry(accounts, () => true), log: { error: console.error }, trustProxy: true })
await person(owner, password)
for (let i = 0; i < count; i += 1) await person(`person${i}@example.org`, null)

const home = wayfarer(app, w.organization.slug, '192.0.2.1')
let entered = 0
await enter()
const before = process.memoryUsage.rss()
console.log(`${count} wrong passwords each time; the owner signs in from a known browser after every tenth part of them`)
await attack('one account, 100 networks', (i) => [owner, `198.51.100.${i % 100}`])
await attack('as many accounts, one network', (i) => [`person${i}@example.org`, '203.0.113.1'])
await attack('as many accounts, 200 networks', (i) => [`person${i}@example.org`, `203.0.113.${i % 200}`])
await attack('as many addresses without an account, 200 networks', (i) => [`stranger${i}@example.org`, `198.51.100.${i % 200}`])
console.log(`the owner entered ${entered} times of ${entered}; memory grew by ${Math.round((process.memoryUsage.rss() - before) / 1024 / 1024)} MB`)
await w.close()
process.exit(0)

async function attack(what: string, guess: (i: number) => [address: string, network: string]): Promise<void> {
  const answers = { looked: 0, refused: 0 }
  for (let i = 0; i < count; i += 1) {
    const [address, network] = guess(i)
    const text = await (await wayfarer(app, w.organization.slug, network).submit('/sign-in', '/sign-in', { address, password: 'not this one' })).text()
    answers[text.includes('Too many requests') ? 'refused' : 'looked'] += 1
    if (i % Math.ceil(count / 10) === 0) await enter()
  }
  await workThrough(w.database, watchJobs)
  const { alerts, entries, mails, rows, bytes } = await kept()
  console.log(`${what}: ${answers.looked} looked at, ${answers.refused} told to wait. `
    + `So far ${alerts} alerts, ${entries} entries, ${mails} mails; ${rows} counters, ${Math.round(bytes / 1024)} KiB`)
}

async function enter(): Promise<void> {
  w.clock.advance({ seconds: 1 })
  const { status } = await home.submit('/sign-in', '/sign-in', { address: owner, password })
  if (status !== 303) throw new Error(`The owner was kept out: ${status}`)
  entered += 1
  await pause(0)
}

interface Kept { alerts: number; entries: number; mails: number; rows: number; bytes: number }

function kept(): Promise<Kept> {
  return w.read(async (tx) => (await sql<Kept>`
    select (select count(*)::int from alerts) as alerts, (select count(*)::int from entries where kind = any (${watchKinds})) as entries,
      (select count(*)::int from mails) as mails, (select count(*)::int from attempts) as rows, pg_total_relation_size('avow.attempts')::int as bytes`
    .execute(tx.db)).rows[0]!)
}

async function person(address: string, secret: string | null): Promise<void> {
  await w.write(async (tx) => addMember(tx, await createAccount(tx.db, tx.keyring, { name: 'Somebody', address }, secret), ['member']))
}
