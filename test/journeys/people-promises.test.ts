import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { parseOpenings, verifyLog } from 'avow-verify'
import { modules } from '../../src/app.ts'
import { createAccount } from '../../src/access/accounts.ts'
import type { Actor, Member } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { listedUnder } from '../../src/access/people.ts'
import { standings } from '../../src/commitments/index.ts'
import { readingOf } from '../../src/domain/acceptances/my-acceptances.ts'
import { personJoined } from '../../src/domain/accounts/index.ts'
import { readPolicy } from '../../src/domain/policies/index.ts'
import { connectAvow, runChecks } from '../../src/domain/systems/index.ts'
import { append, sequenceAll } from '../../src/ledger/index.ts'
import { auditorsFile } from '../../src/ledger/pages/openings.tsx'
import { createLog } from '../../src/lib/log.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening } from '../support/browser.ts'
import { operations } from '../support/routes.ts'
import { world, type World } from '../support/world.ts'

const course = '# Care\n\n| | |\n|---|---|\n| Pass mark | 100 % |\n\n## One\n### Question: Which?\n- [ ] left\n- [x] right\n'
const example = (file: string) => readFileSync(new URL(`../../examples/${file}`, import.meta.url), 'utf8')
/** What is promised about people: the contact, the programme, roles, acceptance, training, agreements, background checks, news of changes. */
const clauses = ['W1', 'W9', 'W11', 'W12', 'W13', 'W14', 'W15', 'J-contact', 'J18', 'J-updates']
/** Beside them: a clause about access in general, of which this one sentence is about people. */
const leavers = 'leavers'

/** An organisation that publishes an example's policy, and somebody outside who has an auditor's openings. */
async function programme(name: string) {
  const text = example(`${name}/security.md`)
  const of = Object.entries(JSON.parse(example(`${name}/clauses.json`)) as Record<string, string[]>)
  const marks = of.filter(([mark, named]) => mark === leavers || named.some((clause) => clauses.includes(clause))).map(([mark]) => mark)
  const seen = new Map(marks.map((mark) => [mark, new Set<string>()]))
  const w = await world({ clock: '2026-01-05T09:00:00Z' })
  await connectAvow(w.database, w.organization.id, operations.verbs)
  const web = createWeb({ database: w.database, modules, operations, log: createLog('silent') })
  const settled = () => sequenceAll(w.database, w.organization.id)
  const run = (name: string, input: object, who: Actor = ann) => w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, input) as Promise<any>

  async function member(personName: string): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const address = `${personName.toLowerCase()}@example.org`
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address }, null)
      const { personId, isNew } = await addMember(tx, id, ['admin'], { listedAs: (await listedUnder(tx, address))?.id ?? null })
      if (isNew) await append(tx, personJoined, { subjects: { person: personId }, marks: {}, facts: { roles: ['admin'], invited_by: null } })
      return id
    })
    await settled()
    return { kind: 'member', accountId, personName, roles: ['admin'], confirmed: true }
  }
  const [ann, ben] = [await member('Ann'), await member('Ben')]

  async function publish(body: string): Promise<void> {
    const policy = 'security'
    await run('policy.draft', { policy, text: body, significant: true })
    await run('policy.submit', { policy })
    await run('policy.approve', { policy })
    await run('policy.approve', { policy }, ben)
    await run('policy.rehearse', { policy })
    await run('policy.publish', { policy })
    await settled()
  }
  await publish(text)
  await run('commitment.set-publication', { policy: 'security', marks, publication: 'public' })
  await settled()

  /** As the company says, and as the entries give it to whoever recomputes them: they agree at every step. */
  async function stands(expected: Readonly<Record<string, string>>): Promise<void> {
    await settled()
    const said = new Map((await standings(w.database, w.organization.id)).standings.map(({ mark, standing }) => [mark, standing]))
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((mark) => [mark, said.get(mark)])), expected)
    const openings = parseOpenings(await w.read(auditorsFile))
    const { faults, standings: found } = await verifyLog({
      url: `http://localhost/o/${w.organization.slug}`, fetch: async (address: URL) => web.request(address.href),
        now: w.clock.now().epochMilliseconds, openings,
    })
    assert.deepEqual(faults, [])
    const computed = new Map(found!.commitments.map(({ mark, computed: standing, verdict }) => [mark, `${standing} ${verdict}`]))
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((mark) => [mark, computed.get(mark)])),
      Object.fromEntries(Object.entries(expected).map(([mark, standing]) => [mark, `${standing} confirmed`])))
    for (const [mark, standing] of Object.entries(expected)) seen.get(mark)!.add(standing)
  }

  /** Each of them was seen in each standing that its rule can have: what has to happen before something else is never due. */
  function allSeen(): void {
    const rules = new Map(readPolicy(text).commitments.map(({ mark, rule }) => [mark, rule.body.pattern]))
    for (const [mark, standings] of seen) {
      assert.deepEqual([mark, [...standings].toSorted()], [mark, rules.get(mark) === 'precedence' ? ['broken', 'kept'] : ['broken', 'due', 'kept']])
    }
  }

  async function accept(who: Member): Promise<void> {
    const { text_sha256 } = await w.read((tx) => readingOf(tx, who.accountId, 'security'))
    await run('acceptance.give', { policy: 'security', text_sha256, read: true }, who)
  }
  async function pass(who: Member): Promise<void> {
    await run('course.begin', { course: 'care' }, who)
    await run('course.answer', { course: 'care', lesson: 1, answers: { '1.1': '1' } }, who)
  }
  /** Avow's own checks, while its pages answer or while they do not. */
  async function look(answers = false): Promise<void> {
    const served = answers ? await listening((request) => web.fetch(request)) : undefined
    const base = `${served?.origin ?? 'http://127.0.0.1:9'}/o/${w.organization.slug}`
    await runChecks(w.database, w.organization.id, { kind: 'system', job: 'checks.look' }, { baseOf: async () => base })
    await served?.close()
  }
  const days = (n: number) => w.clock.advance({ hours: 24 * n })
  await run('course.publish', { course: 'care', text: course })
  return { w, ann, ben, text, member, publish, run, accept, pass, look, days, stands, settled, allSeen }
}

describe('the promises about people, recomputed from an auditor’s openings at every step', () => {
  describe('of harbourlight', () => {
    let w: World
    let org: Awaited<ReturnType<typeof programme>>
    before(async () => {
      org = await programme('harbourlight')
      w = org.w
    })
    after(() => w.close())

    it('contact, roles, crosswalk: due until somebody has looked, then kept', async () => {
      await org.run('source.register', { slug: 'management', title: 'The management’s calendar', kinds: ['crosswalk.reviewed'], vouch: 'company' })
      await org.stands({ contact: 'due', roles: 'due', crosswalk: 'due' })
      await org.look(true)
      await org.run('evidence.record', { kind: 'crosswalk.reviewed', subjects: { crosswalk: 'soc2-iso27001' } })
      await org.stands({ contact: 'kept', roles: 'kept', crosswalk: 'kept' })
    })

    it('acceptance: due, then kept', async () => {
      await org.stands({ acceptance: 'due' })
      await org.accept(org.ann)
      await org.accept(org.ben)
      await org.stands({ acceptance: 'kept' })
    })

    it('the programme: due until the policy was made known, then kept', async () => {
      await org.stands({ programme: 'due' })
      await org.run('update.tell', {})
      await org.stands({ programme: 'kept' })
    })

    it('training each year and of newcomers, background checks, leavers: due, then kept', async () => {
      const cleo = await org.member('Cleo')
      await org.stands({ training: 'due', 'training-new': 'due', 'background-check': 'due' })
      for (const who of [org.ann, org.ben, cleo]) await org.pass(who)
      await org.run('background-check.record', { person: cleo.accountId, result: 'cleared', decided_on: '2026-01-05' })
      await org.run('member.remove', { member: cleo.accountId })
      await org.stands({ leavers: 'due' })
      await org.run('evidence.record', { kind: 'access.revoked', subjects: { person: cleo.accountId } })
      await org.stands({ training: 'kept', 'training-new': 'kept', 'background-check': 'kept', leavers: 'kept' })
    })

    it('the agreement before the first day, which nothing makes due: kept by who signed, broken in the open by two who override', async () => {
      await org.run('agreement.publish', { agreement: 'confidentiality', text: '# Keep it quiet\n\nYou keep it quiet.', confidentiality: true })
      const newcomer = async (name: string) => {
        const starts_on = w.clock.now().toString().slice(0, 10)
        const { person } = await org.run('person.add', { name, address: `${name.toLowerCase()}@example.org`, starts_on, roles: ['member'], country: 'PL' })
        return { person, self: await org.member(name) }
      }
      const [fay, gus] = [await newcomer('Fay'), await newcomer('Gus')]
      const { body_sha256: sha256 } = await w.read((tx) => tx.db.selectFrom('agreement_versions').select('body_sha256').executeTakeFirstOrThrow())
      await org.run('agreement.sign', { agreement: 'confidentiality', text_sha256: sha256.toString('hex'), name: 'Fay', agreed: true }, fay.self)
      await org.settled()
      await org.run('first-day.confirm', { person: fay.person })
      await org.stands({ nda: 'kept' })
      await org.run('first-day.override', { person: gus.person, reason: 'The only one who can mend the outage.' })
      await org.run('first-day.confirm-override', { person: gus.person }, org.ben)
      await org.stands({ nda: 'broken' })
    })

    it('contact: broken when nothing answers; roles: broken by a hole in the table', async () => {
      await org.run('responsibility.set', { area: 'management', responsible: ['ben@example.org'] })
      await org.look()
      await org.stands({ contact: 'broken', roles: 'broken' })
    })

    it('all others broken by the clock alone', async () => {
      const dora = await org.member('Dora')
      await org.member('Eve')
      await org.run('member.remove', { member: dora.accountId })
      await org.publish(`${org.text}\nOne sentence more.\n`)
      org.days(70)
      await org.stands({ programme: 'broken', acceptance: 'broken', 'training-new': 'broken', 'background-check': 'broken', leavers: 'broken' })
      org.days(400)
      await org.stands({ training: 'broken', crosswalk: 'broken' })
    })

    it('every one of them was seen due, kept and broken', () => org.allSeen())
  })

  describe('of fernway', () => {
    let org: Awaited<ReturnType<typeof programme>>
    before(async () => { org = await programme('fernway') })
    after(() => org.w.close())

    it('contact and training: due, then kept', async () => {
      await org.stands({ contact: 'due', training: 'due' })
      await org.look(true)
      for (const who of [org.ann, org.ben]) await org.pass(who)
      await org.stands({ contact: 'kept', training: 'kept' })
    })

    it('news of a significant change: due until users were told, then kept', async () => {
      await org.publish(`${org.text}\nOne sentence more.\n`)
      await org.stands({ changes: 'due' })
      await org.run('update.tell', {})
      await org.stands({ changes: 'kept' })
    })

    it('all broken by the clock alone', async () => {
      await org.publish(`${org.text}\nTwo sentences more.\n`)
      org.days(400)
      await org.stands({ contact: 'broken', training: 'broken', changes: 'broken' })
    })

    it('every one of them was seen due, kept and broken', () => org.allSeen())
  })
})
