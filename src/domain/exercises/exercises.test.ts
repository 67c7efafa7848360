import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { createAccount } from '../../access/accounts.ts'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { sequenceAll } from '../../ledger/index.ts'
import { listMails, mailServer, type MailServer } from '../../mail/index.ts'
import { world, type World } from '../../../test/support/world.ts'
import { endExercise } from './end-exercise.ts'
import { exerciseMail } from './exercise-mail.ts'
import { groupsOf } from './exercise.ts'
import { listExercises } from './list-exercises.ts'
import { noticePhishing } from './notice-phishing.ts'
import { exerciseOfLink, openLesson } from './open-lesson.ts'
import { templates } from './pages/templates.ts'
import { approveExercise, planExercise } from './plan-exercise.ts'
import { exerciseJobs } from './send-exercises.ts'

const { name: _, title: __, ...parcel } = templates[0]!
const days = { first_day: '2026-01-05', last_day: '2026-01-16' }

describe('a mail of an exercise', () => {
  it('hides its link behind words in HTML and shows it in plain text, escaping what was written', () => {
    const { text, html } = exerciseMail({ body: 'Dear <you>,\n\n{link:Look & see}\n\nBye' }, 'https://avow.example/lesson/x')
    assert.equal(text, 'Dear <you>,\n\nLook & see: https://avow.example/lesson/x\n\nBye\n')
    assert.match(html, /Dear &lt;you&gt;,<\/p><p><a href="https:\/\/avow\.example\/lesson\/x">Look &amp; see<\/a>/)
  })

  it('is one of six templates that could be planned as they are', () => {
    for (const { name, title: _, ...mail } of templates) {
      assert.ok(planExercise.input.safeParse({ ...mail, ...days }).success, name)
      assert.ok(exerciseMail(mail, 'https://avow.example/lesson/x').text.includes('https://avow.example/lesson/x'), name)
    }
  })

  it('names no address but the lesson, and exactly one way to it', () => {
    for (const body of [`${parcel.body} https://evil.example`, parcel.body.replace(/\{.*\}/, 'nothing'), `${parcel.body} {qr}`]) {
      assert.equal(planExercise.input.safeParse({ ...parcel, body, ...days }).success, false)
    }
  })
})

describe('figures of an exercise', () => {
  const week = (day: number, sent: number) => ({ week: `2026-01-${String(day).padStart(2, '0')}`, sent, opened: 1, reported: 2 })
  it('are of groups of five or more, whatever the weeks', () => {
    assert.deepEqual(groupsOf([week(5, 4)]), [])
    assert.deepEqual(groupsOf([week(5, 4), week(12, 1), week(19, 7), week(26, 2)]).map(({ from, to, sent, opened }) => [from, to, sent, opened]),
      [['2026-01-05', '2026-01-12', 5, 2], ['2026-01-19', '2026-01-26', 9, 2]])
  })
})

describe('an exercise', () => {
  let w: World
  let mail: { server: MailServer; received: { to: string; raw: Buffer }[]; close(): Promise<void> }
  const team: Extract<Actor, { kind: 'member' }>[] = []
  before(async () => {
    w = await world({ clock: '2026-01-05T06:00:00Z' })
    mail = await receiver()
    for (const [i, roles] of [['admin'], ['deputy'], ['member'], ['member'], ['member'], ['auditor']].entries()) {
      const accountId = await w.write(async (tx) => {
        const id = await createAccount(tx.db, tx.keyring, { name: `Person ${i}`, address: `person-${i}@example.org` }, null)
        await addMember(tx, id, roles)
        return id
      })
      team.push({ kind: 'member', accountId, personName: `Person ${i}`, roles: roles as ['admin'], confirmed: true })
    }
  })
  after(async () => {
    await mail.close()
    await w.close()
  })

  const send = async (server: MailServer | undefined = mail.server) => {
    const [sending] = exerciseJobs({ ...server && { server }, from: 'avow@avow.example', baseOf: async () => 'https://avow.example' })
    const actor = { kind: 'system', job: 'exercises.send' } as const
    await sending!.run({ database: w.database, actor, organizationId: w.organization.id, signal: new AbortController().signal }, {})
  }
  const plan = () => w.as(team[0]!).run(planExercise, { ...parcel, ...days })
  const linkIn = (raw: Buffer) => /lesson\/([\w-]+)/.exec(raw.toString().replaceAll('=\r\n', ''))![1]!

  it('takes two people, and each a second factor', async () => {
    await assert.rejects(w.as({ ...team[0]!, confirmed: false }).run(planExercise, { ...parcel, ...days }), { code: 'confirmation_needed' })
    const { exercise } = await plan()
    await assert.rejects(w.as(team[0]!).run(approveExercise, { exercise }), { code: 'exercise_needs_second_person' })
    await send()
    assert.equal(mail.received.length, 0, 'nothing goes out before')
    await w.as(team[1]!).run(approveExercise, { exercise })
    await assert.rejects(w.as(team[1]!).run(approveExercise, { exercise }), { code: 'exercise_already_decided' })
  })

  it('goes to the team alone, at moments of working hours, each with a link of their own and a header that says what it is', async () => {
    const moments = await w.read((tx) => tx.db.selectFrom('exercise_letters').select('send_at').execute())
    assert.equal(moments.length, 5, 'the auditor looks from outside')
    const isWork = (at: Date) => at.getUTCDay() >= 1 && at.getUTCDay() <= 5 && at.getUTCHours() >= 7 && at.getUTCHours() < 17
    assert.ok(moments.every(({ send_at: at }) => isWork(at)), moments.join())
    await send()
    assert.equal(mail.received.length, 0, 'its time has not come')
    w.clock.advance({ hours: 24 * 12 })
    await send(undefined)
    await send()
    await send()
    assert.deepEqual(mail.received.map(({ to }) => to).toSorted(), [0, 1, 2, 3, 4].map((i) => `person-${i}@example.org`))
    const read = await PostalMime.parse(mail.received[0]!.raw)
    assert.deepEqual(read.from, { name: 'Parcel Service', address: 'avow@avow.example' })
    assert.ok(read.headers.some(({ key }) => key === 'x-avow-exercise'))
    assert.equal(new Set(mail.received.map(({ raw }) => linkIn(raw))).size, 5)
    assert.deepEqual((await w.read((tx) => listMails(tx))).filter(({ subject }) => subject === parcel.subject), [], 'it is no letter of ours')
  })

  it('counts a link once a person was there, and keeps no row that says whose it is', async () => {
    const [first, second] = mail.received.map(({ raw }) => linkIn(raw))
    for (const token of [first!, first!, second!, 'unknown']) await w.as('nobody').run(openLesson, { token })
    assert.equal((await w.read((tx) => exerciseOfLink(tx, first!)))?.subject, parcel.subject)
    assert.equal(await w.read((tx) => exerciseOfLink(tx, 'nonsense')), undefined)
    const links = await w.read((tx) => tx.db.selectFrom('exercise_links').selectAll().execute())
    assert.deepEqual(Object.keys(links[0]!).toSorted(), ['exercise_id', 'opened', 'organization_id', 'token_hash', 'week'])
    const { exercises: [running] } = await w.as(team[0]!).ask(listExercises, {})
    assert.deepEqual([running!.state, running!.sent, running!.groups], ['running', 5, null], 'while it runs nobody sees who opened it, nor how many')
  })

  it('counts who noticed it, and tells the team of what is none of ours', async () => {
    assert.deepEqual(await w.as(team[2]!).run(noticePhishing, { subject: `FW: ${parcel.subject.toUpperCase()}` }), { exercise: true })
    assert.deepEqual(await w.as(team[2]!).run(noticePhishing, { subject: 'Win a car' }), { exercise: false })
    assert.deepEqual(await w.as(team[5]!).run(noticePhishing, { subject: 'Win a car' }).catch(({ code }: { code: string }) => code), 'forbidden')
    const told = (await w.read((tx) => listMails(tx))).filter(({ subject }) => subject === 'Somebody noticed a phishing mail')
    assert.deepEqual(told.map(({ address }) => address), ['person-0@example.org'])
    assert.doesNotMatch(told[0]!.body, /Win a car/)
  })

  it('ends by itself a week after its last day, with figures of the group and nothing of anybody', async () => {
    await send()
    assert.equal((await w.as(team[0]!).ask(listExercises, {})).exercises[0]!.state, 'running')
    w.clock.advance({ hours: 24 * 7 })
    await send()
    const { exercises: [ended] } = await w.as(team[0]!).ask(listExercises, {})
    assert.deepEqual(ended!.groups, [{ from: '2026-01-12', to: '2026-01-12', sent: 5, opened: 2, reported: 1 }])
    const left = (table: 'exercise_letters' | 'exercise_links') => w.read((tx) => tx.db.selectFrom(table).selectAll().execute())
    assert.deepEqual([await left('exercise_letters'), await left('exercise_links')], [[], []])
    await sequenceAll(w.database, w.organization.id)
    const entries = await w.read((tx) => tx.db.selectFrom('entries').select(['kind', 'stream']).where('kind', 'like', 'exercise.%').orderBy('id').execute())
    assert.deepEqual(entries, [{ kind: 'exercise.planned', stream: 'people' }, { kind: 'exercise.completed', stream: 'people' }])
    assert.ok(await w.read((tx) => exerciseOfLink(tx, linkIn(mail.received[0]!.raw))), 'a late click still finds its lesson')
  })

  it('is dropped without an entry while nobody has approved it', async () => {
    w.clock.advance({ hours: 1 })
    const { exercise } = await w.as(team[0]!).run(planExercise, { ...parcel, first_day: '2026-02-02', last_day: '2026-02-02' })
    await w.as(team[0]!).run(endExercise, { exercise })
    await assert.rejects(w.as(team[1]!).run(approveExercise, { exercise }), { code: 'exercise_already_decided' })
  })

  it('is refused where the team is so small that everybody would know', async () => {
    await w.write((tx) => tx.db.updateTable('memberships').set({ ended_at: new Date(0) }).where('account_id', '=', team[4]!.accountId).execute())
    await assert.rejects(w.as(team[0]!).run(planExercise, { ...parcel, first_day: '2026-02-02', last_day: '2026-02-02' }), { code: 'team_too_small' })
  })
})

/** A mail server on this machine. */
async function receiver() {
  const received: { to: string; raw: Buffer }[] = []
  const smtp = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        received.push({ to: envelope.rcptTo.map(({ address }) => address).join(), raw: Buffer.concat(chunks) })
        done()
      })
    },
  })
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  const server = mailServer(`smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`)
  return { server, received, close: () => new Promise<void>((done) => { server.close(); smtp.close(done) }) }
}
