// The table of people and their duties, asked as a browser asks; and what publishing a version to everybody takes, and whom it keeps waiting:
// node bin/bootstrap.mjs test/bench/people.ts [people] [rounds]
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { createApp, modules } from '../../src/app.ts'
import { createAccount } from '../../src/access/accounts.ts'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { enlist } from '../../src/access/people.ts'
import { readSettings } from '../../src/config/index.ts'
import { askPeople } from '../../src/domain/acceptances/ask-people.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { findKind, startSequencer } from '../../src/ledger/index.ts'
import { newId } from '../../src/lib/ids.ts'
import { createLog } from '../../src/lib/log.ts'
import { registry } from '../../src/verbs/registry.ts'
import { member } from '../support/visitors.ts'
import { world } from '../support/world.ts'

const people = Number(process.argv[2] ?? 2000)
const rounds = Number(process.argv[3] ?? 300)
const [policies, versionsEach] = [12, 12]
const limitMs = 50

const w = await world({ clock: new Date().toISOString() })
const superuser = new pg.Client({ connectionString: w.url('postgres') })
superuser.on('error', () => {})
await superuser.connect()
const { verbs } = registry(modules, (kind) => findKind(kind) !== undefined)
const [ann, ben] = [await admin('Ann'), await admin('Ben')]
await fill()
const app = createApp({ database: w.database, settings: readSettings({ AVOW_URL: 'http://avow.test' }), log: createLog('silent') })
const place = { app: { request: (url: string, init?: RequestInit) => app(new Request(url, init)) }, database: w.database, slug: w.organization.slug }
const desk = await member(place as Parameters<typeof member>[0], w.organization.id, ['admin'])
console.log(`${people} people × ${policies} policies and 1 course, ${versionsEach} versions of each policy in 3 years; ${rounds} requests, one after the other`)
const table = '/desk/people/duties'
for (const [name, path] of Object.entries({ 'whole, first page': table, 'late only': `${table}?late=yes`,
  'last page': `${table}?page=${Math.ceil(people / 50)}`,
  'by role': `${table}?role=triager`, 'by country': `${table}?country=DE` })) await timeTable(name, path)
await publishing()
await w.close({ check: false })
process.exit(0)

async function admin(personName: string): Promise<Actor> {
  const accountId = await createAccount(w.database.global, w.keyring, { name: personName, address: `${personName}@example.org` }, null)
  await w.write(async (tx) => { await addMember(tx, accountId, ['admin']); await enlist(tx, accountId) })
  return { kind: 'member', accountId, personName, roles: ['admin'], confirmed: true }
}

async function run(name: string, input: object, who = ann): Promise<unknown> {
  return w.as(who).run(verbs.find((verb) => verb.name === name)!, input)
}

async function publish(policy: string, more: string): Promise<void> {
  const text = `# ${policy}\n\nEverybody accepts every policy within two weeks.[^accept] ${more}\n\n`
    + `[^accept]: For each person, every \`policy.published\` is followed by \`policy.accepted\` within 2 weeks.\n`
  await run('policy.draft', { policy, text, significant: true })
  await run('policy.submit', { policy })
  await run('policy.approve', { policy })
  await run('policy.approve', { policy }, ben)
  await run('policy.rehearse', { policy })
  await run('policy.publish', { policy })
}

/** Accounts as they are made; policies as they are published; the rows of three years as `acceptance.ask`, `acceptance.give` and `course.answer` leave them. */
async function fill(): Promise<void> {
  for (let n = 0; n < policies; n++) await publish(`policy-${n}`, 'The first text.')
  await run('course.adopt', { course: 'phishing' })
  const ids: string[] = []
  for (let n = 0; n < people; n++) ids.push(await createAccount(w.database.global, w.keyring, { name: `Person ${n}`, address: `p${n}@example.org` }, null))
  const [client, organization] = [superuser, w.organization.id]
  await client.query(`insert into avow.memberships (organization_id, account_id, roles, managed_by, joined_at)
    select $1, id, case when n % 10 = 0 then '{triager}' else '{member}' end::text[], 'desk',
      now() - interval '3 years' from unnest($2::uuid[]) with ordinality as p (id, n)`,
  [organization, ids])
  await client.query(`insert into avow.people (organization_id, id, account_id, country, source, joined_at)
    select $1, id, id, case when n % 3 = 0 then 'DE' else 'FR' end, 'account', now() - interval '3 years' from unnest($2::uuid[]) with ordinality as p (id, n)`,
  [organization, ids])
  await client.query(`insert into avow.policy_versions select organization_id, gen_random_uuid(), policy_id, version + n, title, body,
    body_sha256, summary, significant, state,
      drafted_by, drafted_at, submitted_at, rehearsed_at, published_at, in_force_at
    from avow.policy_versions, generate_series(1, $2) n where organization_id = $1`, [organization, versionsEach - 1])
  await client.query(`insert into avow.acceptances (organization_id, version_id, person_id, policy_id, asked_at, due_at, accepted_at, entry_id)
    select $1, v.id, p.id, v.policy_id, at, at + interval '14 days', case when late then null else at + interval '3 days' end,
      case when late then null else gen_random_uuid() end
    from avow.policy_versions v, unnest($2::uuid[]) with ordinality as p (id, n),
      lateral (select now() - (${versionsEach} - v.version + 0.5) * interval '90 days' as at,
      v.version = ${versionsEach} and (n + hashtext(v.policy_id::text)) % 20 = 0 as late) x
    where v.organization_id = $1`, [organization, ids])
  await client.query(`insert into avow.course_attempts (organization_id, id, person_id, course_id, version_id, answers, began_at, ended_at,
    right_answers, questions, passed, entry_id)
    select $1, gen_random_uuid(), p.id, v.course_id, v.id, '{}', at, at, 9, 10, true, gen_random_uuid()
    from avow.course_versions v, unnest($2::uuid[]) with ordinality as p (id, n), generate_series(0, 2) y,
      lateral (select now() - y * interval '1 year' - (n % 400) * interval '1 day' as at) x where v.organization_id = $1`, [organization, ids])
  await client.query(`insert into avow.course_passes
    select organization_id, course_id, person_id, max(ended_at) from avow.course_attempts group by 1, 2, 3`)
  await client.query('vacuum analyze')
}

async function timeTable(name: string, path: string): Promise<void> {
  const took: number[] = []
  const begun = await processorMs()
  let bytes = 0
  for (let i = -30; i < rounds; i++) {
    const start = performance.now()
    const answer = await desk.get(path)
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
    bytes = (await answer.text()).length
    if (i >= 0) took.push(performance.now() - start)
  }
  const [ours, theirs] = (await processorMs()).map((ms, i) => (ms - begun[i]!) / (rounds + 30)) as [number, number]
  const share = ((ours + theirs) / limitMs).toFixed(2)
  told(name, took, `${Math.round(bytes / 1024)} KiB; processor’s time ${ours.toFixed(1)} ms ours, ${theirs.toFixed(1)} ms PostgreSQL’s (${share} of the limit)`)
}

/** What a wait for the processor does not change: the time that this process and PostgreSQL’s have had of it so far, in milliseconds. Linux. */
async function processorMs(): Promise<[number, number]> {
  const { user, system } = process.cpuUsage()
  const { rows } = await superuser.query<{ pid: number }>('select pid from pg_stat_activity')
  return [(user + system) / 1000, rows.reduce((sum, { pid }) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0)]
}

function told(name: string, took: number[], more = `${took.length} requests`): void {
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!
  console.log(`${name.padEnd(22)} p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms (${(at(0.95) / limitMs).toFixed(2)} of the limit), `
    + `slowest ${at(1).toFixed(1)} ms; ${more}`)
}

/** A version for everybody: until each has a duty and a letter, while one asks for the table and another submits reports. */
async function publishing(): Promise<void> {
  const sequencer = startSequencer(w.database)
  let over = false
  const reads = meanwhile(async () => { await (await desk.get(table)).text() })
  const submissions = meanwhile(async () => {
    await w.as('nobody').run(submitReport,
      { title: 'A hole', description: 'Somewhere.', weakness: 'CWE-79', skipped: 'x', good_faith: true, submission: newId() })
  })
  const mails = () => w.read(async (tx) => Number((await tx.db.selectFrom('mails').select((is) => is.fn.countAll<number>().as('n'))
    .where('subject', '=', 'A policy to read and accept').executeTakeFirstOrThrow()).n))
  const before = await mails()
  await publish('policy-0', 'The newest text.')
  const [begun, processor] = [performance.now(), await processorMs()]
  const batches: number[] = []
  let asked = 0
  for (let more = true; more;) {
    const start = performance.now()
    const answer = await w.as({ kind: 'system', job: 'acceptances.ask' }).run(askPeople, {})
    batches.push(performance.now() - start);
    [more, asked] = [answer.more, asked + answer.people]
  }
  const tookMs = performance.now() - begun
  over = true
  const [ours, theirs] = (await processorMs()).map((ms, i) => (ms - processor[i]!) / 1000) as [number, number]
  const letters = await mails() - before
  console.log(`publishing: ${asked} duties and ${letters} letters in ${(tookMs / 1000).toFixed(2)} s (${(tookMs / 10_000).toFixed(2)} of the limit of 10 s), `
    + `in ${batches.length} transactions, the longest ${Math.max(...batches).toFixed(0)} ms; `
    + `processor’s time ${ours.toFixed(1)} s ours, ${theirs.toFixed(1)} s PostgreSQL’s, with everything that goes on meanwhile`)
  told('the table meanwhile', await reads)
  told('a report meanwhile', await submissions)
  await sequencer.stop()

  async function meanwhile(act: () => Promise<void>): Promise<number[]> {
    const took: number[] = []
    while (!over) {
      const start = performance.now()
      await act()
      took.push(performance.now() - start)
    }
    return took
  }
}
