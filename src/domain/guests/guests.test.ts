import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newToken } from '../../access/tokens.ts'
import { createWeb } from '../../web/server.ts'
import { modules } from '../../app.ts'
import { listMails } from '../../mail/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { browser, member, type Visitor } from '../../../test/support/visitors.ts'
import { world, type World } from '../../../test/support/world.ts'
import { noteReport } from '../reports/note-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { writeReporter } from '../reports/write-reporter.ts'
import { followReport } from '../reports/read-report.ts'
import { guestOf } from './guest.ts'
import { inviteGuest, removeGuest } from './invite-guest.ts'
import { askMediation, requestMediation } from './mediate.ts'
import { nameMediator } from './mediators.ts'
import { readCase } from './read-case.ts'
import { writeAsGuest, writeToGuest } from './talk.ts'

const words = {
  title: 'Zebra crossing', description: 'The description of stripes.', name: 'Finder Fern', email: 'fern@example.invalid', note: 'A note about stripes.',
  toReporter: 'Dear finder of stripes.', toOther: 'For the other guest alone.',
}

describe('a guest of a case', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  let report: string
  before(async () => {
    w = await world({ clock: '2026-01-05T09:00:00Z' })
    app = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
    report = (await w.as('nobody').run(submitReport,
      { title: words.title, description: words.description, steps: 'Walk.', name: words.name, email: words.email, good_faith: true })).report
    await w.as('triager').run(noteReport, { report, message: words.note })
    await w.as('triager').run(writeReporter, { report, message: words.toReporter })
  })
  after(() => w.close())

  const place = () => ({ app, database: w.database, slug: w.organization.slug })
  const sent = async (address: string) => (await w.read((tx) => listMails(tx))).filter((mail) => mail.address === address)
  const tokenOf = async (address: string) => /\{link:\/guest\/([^}]+)\}/.exec((await sent(address))[0]!.body)![1]!
  async function invited(address: string, more: object = {}) {
    const { guest } = await w.as('triager').run(inviteGuest, { report, name: `The ${address}`, address, ...more })
    return { guest, token: await tokenOf(address) }
  }
  const actorOf = async (token: string) => (await w.read((tx) => guestOf(tx, token)))!
  const reads = async (token: string) => JSON.stringify(await w.as(await actorOf(token)).ask(readCase, {}))

  it('is sent a link that says nothing of the report, opens nothing by being looked at, and opens the case by a step', async () => {
    const { token } = await invited('vendor@example.invalid', { sees_report: true })
    const [letter] = await sent('vendor@example.invalid')
    for (const word of Object.values(words)) assert.ok(!`${letter!.subject}${letter!.body}`.includes(word), word)
    const visitor = browser(place())
    assert.equal((await visitor.get(`/guest/${token}`)).headers.get('set-cookie')?.includes('guest'), undefined)
    const opened = await visitor.post(`/guest/${token}`)
    assert.equal(opened.status, 303)
    assert.match(opened.headers.get('set-cookie') ?? '', /guest=[^;]+;.*HttpOnly/)
    assert.equal((await visitor.get('/guest/wrong')).status, 404)
    assert.equal((await visitor.get('/guest/case')).status, 401)
  })

  it('sees exactly the parts that were ticked, their own channel, and nothing else', async () => {
    const blind = await invited('blind@example.invalid')
    const seeing = await invited('seeing@example.invalid', { sees_report: true, sees_files: true })
    await w.as('triager').run(writeToGuest, { report, guest: seeing.guest, message: words.toOther })
    assert.match(await reads(seeing.token), new RegExp(words.description))
    assert.match(await reads(seeing.token), new RegExp(words.toOther))
    for (const [name, word] of Object.entries(words)) assert.ok(!(await reads(blind.token)).includes(word), name)
    for (const word of [words.note, words.toReporter, words.name, words.email]) assert.ok(!(await reads(seeing.token)).includes(word), word)
    await assert.rejects(w.as('triager').run(inviteGuest, { report, name: 'X', address: 'x@example.invalid', sees_files: true }), { code: 'invalid_input' })
  })

  it('writes to the team alone: neither the reporter nor another guest reads it', async () => {
    const [one, other] = [await invited('one@example.invalid'), await invited('other@example.invalid')]
    await w.as(await actorOf(one.token)).run(writeAsGuest, { message: 'We are affected as well.' })
    assert.ok(!(await reads(other.token)).includes('affected'))
    const reporter = await w.as({ kind: 'reporter', reportId: report }).ask(followReport, { report })
    assert.deepEqual(reporter.messages.map(({ text }) => text), [words.toReporter])
  })

  const visit = async (visitor: Visitor, path: string) => (await visitor.get(path)).status

  it('is out at once when removed, and by itself when the time is over; each look is kept', async () => {
    const { guest, token } = await invited('short@example.invalid', { days: 2, sees_report: true })
    const there = browser(place(), `avow-guest=${token}`)
    assert.equal(await visit(there, '/guest/case'), 200)
    assert.equal(await visit(there, '/guest/case'), 200)
    const looks = await w.read((tx) => tx.db.selectFrom('report_looks').select('what').where('guest_id', '=', guest).execute())
    assert.deepEqual(looks.map(({ what }) => what), ['case', 'case'])
    assert.equal(await visit(there, '/guest/case/files/0199b0c4-0000-7000-8000-000000000000'), 404)
    assert.equal(await visit(there, '/desk/reports'), 401)
    assert.equal(await visit(there, '/track/report'), 401)
    w.clock.advance({ hours: 49 })
    assert.equal(await visit(there, '/guest/case'), 401)
    const second = await invited('second@example.invalid')
    const actor = await actorOf(second.token)
    await w.as('triager').run(removeGuest, { report, guest: second.guest })
    assert.equal(await visit(browser(place(), `avow-guest=${second.token}`), '/guest/case'), 401)
    assert.equal(await w.read((tx) => guestOf(tx, second.token)), null)
    await assert.rejects(w.as('triager').run(writeToGuest, { report, guest: actor.guestId, message: 'Hello?' }), { code: 'not_found' })
  })

  it('who mediates is called in by either side, hears both and speaks to both, and is told no notes', async () => {
    const { mediator } = await w.as('admin').run(nameMediator, { name: 'Judge Juniper', address: 'juniper@example.invalid' })
    await w.as({ kind: 'reporter', reportId: report }).run(askMediation, { report, mediator, message: 'They do not believe me.' })
    await assert.rejects(w.as('triager').run(requestMediation, { report, mediator, message: 'We too.' }), { code: 'mediation_under_way' })
    const token = await tokenOf('juniper@example.invalid')
    w.clock.advance({ minutes: 1 })
    const heard = await reads(token)
    for (const word of ['They do not believe me.', words.toReporter, words.description]) assert.ok(heard.includes(word), word)
    for (const word of [words.note, words.name, words.email, words.toOther]) assert.ok(!heard.includes(word), word)

    const there = browser(place(), `avow-guest=${token}; avow-visitor=${newToken()}`)
    assert.equal((await there.post('/guest/case/messages', { message: 'I have read both of you.' })).status, 303)
    w.clock.advance({ minutes: 1 })
    assert.equal((await there.post('/guest/case/conclusion', { outcome: 'agreed', message: 'It is a weakness of low severity.' })).status, 303)
    assert.equal((await there.post('/guest/case/conclusion', { outcome: 'agreed', message: 'Again.' })).status, 404)
    const seen = await w.as({ kind: 'reporter', reportId: report }).ask(followReport, { report })
    assert.deepEqual(seen.messages.slice(-2).map(({ author, text }) => [author, text]),
      [['Mediator', 'I have read both of you.'], ['Mediator', 'It is a weakness of low severity.']])
    const entries = await w.read((tx) => tx.db.selectFrom('entries').select(['kind', 'marks']).where('kind', 'like', 'mediation.%').orderBy('id').execute())
    assert.deepEqual(entries.map(({ kind, marks }) => [kind, (marks as Record<string, string>)['side'] ?? (marks as Record<string, string>)['outcome']]),
      [['mediation.requested', 'reporter'], ['mediation.concluded', 'agreed']])
  })

  it('is shown to the team with what they see and how often they looked', async () => {
    const triager = await member(place(), w.organization.id, ['triager'])
    await invited('shown@example.invalid', { sees_report: true })
    const page = await (await triager.get(`/desk/reports/${report}`)).text()
    assert.match(page, /The shown@example\.invalid/)
    assert.match(page, /Has not looked yet/)
    assert.match(page, /To The shown@example\.invalid alone/)
  })
})
