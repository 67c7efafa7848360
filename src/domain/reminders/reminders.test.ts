import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ICAL from 'ical.js'
import { createAccount } from '../../access/accounts.ts'
import type { Actor, Member } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import type { Role } from '../../access/roles.ts'
import { sequenceAll } from '../../ledger/index.ts'
import { listMails } from '../../mail/index.ts'
import { world, type World } from '../../../test/support/world.ts'
import { acknowledgeReport } from '../reports/acknowledge-report.ts'
import { policies } from '../policies/index.ts'
import { reports } from '../reports/index.ts'
import { submitReport } from '../reports/submit-report.ts'
import { connectAvow } from '../systems/index.ts'
import { chooseReminders } from './choices.ts'
import { sendDigest } from './digest.ts'
import { setEscalation } from './escalation.ts'
import { endFeed, feedOf, makeFeed } from './feed.ts'
import { remindOfDuties } from './remind.ts'
import { firstTold, idOfNews } from './told.ts'

const policy = `# Security

We acknowledge every report within a week.[^ack]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days (owner: security lead).
`

describe('reminders', () => {
  let w: World
  let ann: Member
  let tim: Member
  let mia: Member
  let report: string
  const clock: Actor = { kind: 'system', job: 'reminders.send' }
  before(async () => {
    // A Monday.
    w = await world({ clock: '2026-01-05T08:00:00Z' })
    await connectAvow(w.database, w.organization.id, [...policies.verbs, ...reports.verbs])
    ann = await member('Ann', ['admin'])
    tim = await member('Tim', ['triager'])
    mia = await member('Mia', ['member'])
    for (const name of ['policy.draft', 'policy.submit', 'policy.approve', 'policy.rehearse', 'policy.publish']) {
      await w.as(ann).run(policies.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...name === 'policy.draft' && { text: policy } })
    }
    report = (await w.as('nobody').run(submitReport, { title: 'canary', description: 'canary', steps: 'canary', good_faith: true })).report
    await settled()
  })
  after(() => w.close())

  async function member(personName: string, roles: Role[]): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address: `${personName.toLowerCase()}@example.org` }, null)
      await addMember(tx, id, roles)
      return id
    })
    return { kind: 'member', accountId, personName, roles, confirmed: true }
  }
  const settled = () => sequenceAll(w.database, w.organization.id)
  const subjects = /^(Late|Nearly due|Nobody|Today)/
  let read = 0
  /** What came by mail since one last looked: whom, and the subject. */
  async function news(): Promise<string[]> {
    const all = (await w.read((tx) => listMails(tx, 1000))).filter(({ subject }) => subjects.test(subject))
    assert.ok(all.every(({ subject, body }) => !`${subject}${body}`.includes('canary')))
    const fresh = all.slice(0, all.length - read).map(({ address, subject }) => `${address?.split('@')[0]}: ${subject}`).toSorted()
    read = all.length
    return fresh
  }
  const remind = async () => (await w.as(clock).run(remindOfDuties, {})).letters
  const days = async (hours: number) => {
    w.clock.advance({ hours })
    await settled()
  }

  it('come to whoever triages when three quarters of the time are gone, and once', async () => {
    assert.equal(await remind(), 0)
    await days(24 * 5 + 12)
    assert.equal(await remind(), 2)
    assert.deepEqual(await news(), ['ann: Nearly due: 1 of what we promised', 'tim: Nearly due: 1 of what we promised'])
    assert.equal(await remind(), 0)
  })

  it('come on the last day too, but not to whoever wants none', async () => {
    await w.as(tim).run(chooseReminders, { digest: true, reminders: false })
    await days(15)
    assert.equal(await remind(), 1)
    assert.deepEqual(await news(), ['ann: Nearly due: 1 of what we promised'])
  })

  it('reach the next in line so many hours before the deadline, whatever they chose', async () => {
    await w.as(mia).run(chooseReminders, { digest: false, reminders: false })
    await w.as(ann).run(setEscalation, { area: 'reports', next: [mia.accountId], hours_before: 14 })
    assert.equal(await remind(), 0)
    await days(8)
    assert.equal(await remind(), 1)
    assert.deepEqual(await news(), ['mia: Nobody has done it yet'])
  })

  it('tell those who lead once it is late', async () => {
    await days(20)
    await remind()
    assert.deepEqual(await news(), ['ann: Late: 1 of what we promised', 'mia: Late: 1 of what we promised', 'tim: Late: 1 of what we promised'])
    assert.equal(await remind(), 0)
  })

  it('are gathered on the mornings of working days, once a day, for those who want it', async () => {
    const digest = async () => (await w.as(clock).run(sendDigest, {})).letters
    assert.equal(await digest(), 0, 'in the afternoon')
    await days(17)
    assert.equal(await digest(), 2)
    assert.deepEqual(await news(), ['ann: Today: 1 to do, 1 of them late', 'tim: Today: 1 to do, 1 of them late'])
    assert.equal(await digest(), 0)
    await days(24 * 4)
    assert.equal(w.clock.now().toZonedDateTimeISO('UTC').dayOfWeek, 6)
    assert.equal(await digest(), 0, 'on a Saturday')
  })

  it('stand in a calendar that another hand’s library reads, and that tells nothing of what was written', async () => {
    const { token } = await w.as(tim).run(makeFeed, {})
    const text = await w.read((tx) => feedOf(tx, token, (path) => `https://avow.example${path}`))
    const events = new ICAL.Component(ICAL.parse(text) as unknown as string).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
    assert.equal(events.length, 1)
    assert.match(events[0]!.summary, /^Acknowledge the report · R-/)
    assert.equal(events[0]!.startDate.toJSDate().toISOString(), '2026-01-12T08:00:00.000Z')
    assert.ok(!text.includes('canary'))
    assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75))
  })

  it('end, in the calendar too, when it is done, and when the address is ended', async () => {
    const { token } = await w.as(tim).run(makeFeed, {})
    const feed = () => w.read((tx) => feedOf(tx, token, (path) => `https://avow.example${path}`))
    await w.as(tim).run(acknowledgeReport, { report, message: 'Thank you.' })
    await settled()
    assert.ok(!(await feed()).includes('VEVENT'))
    await w.as(tim).run(endFeed, {})
    await assert.rejects(feed, { code: 'not_found' })
    await assert.rejects(w.read((tx) => feedOf(tx, 'no token', String)), { code: 'not_found' })
    assert.equal(await remind(), 0)
  })

  it('are noted once, however many a flood brings near on one day', async () => {
    const news = Array.from({ length: 30_000 }, (_, n) => ({ id: idOfNews(`junk ${n}`), stage: 'late' as const, account: tim.accountId }))
    assert.deepEqual((await w.write((tx) => firstTold(tx, news.slice(1)))).length, news.length - 1)
    assert.deepEqual(await w.write((tx) => firstTold(tx, news)), [news[0]])
  })

  it('refuse a next in line who is not of the team', () =>
    assert.rejects(w.as(ann).run(setEscalation, { area: 'reports', next: [w.organization.id] }), { code: 'invalid_input' }))
})
