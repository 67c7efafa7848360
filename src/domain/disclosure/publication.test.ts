import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseRedacted, verifyDuplicate, verifyRedacted } from 'avow-verify'
import type { Actor } from '../../access/actor.ts'
import { contentFor, receiptFor, sequenceAll } from '../../ledger/index.ts'
import { verifierKeyOf } from '../../ledger/signing-keys.ts'
import { Invalid } from '../../lib/errors.ts'
import { listMails } from '../../mail/index.ts'
import { operations } from '../../../test/support/routes.ts'
import { world, type World } from '../../../test/support/world.ts'
import { getReport } from '../reports/index.ts'
import { duplicateFile } from '../reports/duplicates/read-original.ts'
import { openProposal } from './proposal.ts'
import { redactedFile } from './published.ts'

const content = {
  title: 'Open redirect after sign-in', description: 'Any address is followed.\nMy session is 8f3e2a11, do not show it.\nTry it.', steps: 'Follow it as Moss.',
  weakness: 'CWE-601', name: 'Moss Fern', email: 'moss@example.invalid', good_faith: true, skipped: '',
} as const
const own = { title: 'Redirects could lead anywhere', summary: 'We follow addresses of our own alone now.' }
const shown = { title: content.title, description: content.description.replace('8f3e2a11', '[[8f3e2a11]]'), steps: content.steps }

const linesOf = (messages: readonly { lines: readonly { text: string }[] }[]) => messages.map(({ lines }) => lines.map(({ text }) => text))

describe('a publication', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const run = async (name: string, input: object, who: Actor | 'triager' | 'admin' = 'triager'): Promise<any> => {
    w.clock.advance({ seconds: 1 })
    return w.as(who).run(operations.verbs.find((verb) => verb.name === name)!, input)
  }
  const ask = async (name: string, input: object): Promise<any> => w.as('nobody').ask(operations.queries.find((query) => query.name === name)!, input)
  const clock = () => run('disclosure.follow-clock', {}, { kind: 'system', job: 'test' })
  const days = (n: number) => w.clock.advance({ hours: 24 * n })
  const reporter = (reportId: string): Actor => ({ kind: 'reporter', reportId })
  const publish = (report: string) => run('publication.publish', { report })

  async function submitted(more: object = {}) {
    const { report, reference } = await run('report.submit', { ...content, ...more }, { kind: 'nobody' } as Actor)
    return { report, reference } as { report: string; reference: string }
  }
  async function closed(more: object = {}) {
    const one = await submitted(more)
    await run('report.close', { report: one.report, reason: 'not applicable', message: 'It is meant so.' })
    return one
  }
  async function answer(who: 'team' | 'reporter', report: string, how: 'accept' | 'decline', reason = '') {
    const proposal = (await w.read((tx) => openProposal(tx, report, 'disclosure')))!.id
    return who === 'team' ? run('disclosure.answer', { report, proposal, answer: how, reason })
      : run('disclosure.reply', { report, proposal, answer: how, reason }, reporter(report))
  }
  async function file(reference: string, entry?: string) {
    await sequenceAll(w.database, w.organization.id)
    return w.read(async (tx) => {
      const signing = await tx.db.selectFrom('signing_keys').selectAll().where('purpose', '=', 'log').executeTakeFirstOrThrow()
      return {
        redacted: await redactedFile(tx, reference), trust: { keys: [verifierKeyOf(signing)], witnesses: [] },
        ...entry && { receipt: await receiptFor(tx, entry), content: await contentFor(tx, entry) },
      }
    })
  }
  const entryOf = (report: string) => w.read(async (tx) => (await getReport(tx, { kind: 'system', job: 'test' }, report)).received_entry_id)

  it('of an invalid report waits for the reporter’s days to object, names nobody, and shows what no one sealed', async () => {
    const { report, reference } = await closed()
    await run('publication.write', { report, ...own, marked: shown })
    await assert.rejects(publish(report), { code: 'ask_first' })
    await run('disclosure.request', { report, reason: 'Others report it too.' })
    await assert.rejects(publish(report), { code: 'reporter_may_object' })
    days(15)
    await publish(report)
    const view = await ask('publication.read', { reference })
    assert.deepEqual(view.members, [
      { of: 'description', lines: [{ text: 'Any address is followed.\n', sealed: false }, { text: 'My session is ████, do not show it.\n', sealed: true },
        { text: 'Try it.', sealed: false }] },
      { of: 'steps', lines: [{ text: content.steps, sealed: false }] }, { of: 'title', lines: [{ text: content.title, sealed: false }] },
    ])
    assert.deepEqual([view.credit.how, view.closed_because, view.messages], ['none', 'not applicable', []])
    const everything = JSON.stringify([view, await ask('publication.list', {}), (await file(reference)).redacted])
    for (const secret of ['8f3e2a11', content.name, content.email]) assert.ok(!everything.includes(secret), secret)
    assert.equal((await ask('publication.list', {})).reports[0].title, own.title)
    await assert.rejects(publish(report), { code: 'already_published' })
  })

  it('is proven against the log, and against the reporter’s own receipt and content file', async () => {
    const { report, reference } = await closed()
    await run('publication.write', { report, ...own, marked: shown })
    await run('disclosure.ask', { report, reason: 'Please.' }, reporter(report))
    await answer('team', report, 'accept')
    await publish(report)
    const { redacted, trust, receipt, content: original } = await file(reference, await entryOf(report))
    const result = await verifyRedacted({ redacted, receipt, content: original }, trust)
    assert.deepEqual([result.faults, result.published!.filter((part) => 'shown' in part).map((part) => 'shown' in part && part.shown)],
      [[], ['My session is ████, do not show it.\n']])
    const { rendered } = parseRedacted(redacted)
    assert.equal(rendered.length, 1)
    const changed = redacted.replace('Any address is followed.', 'No address is followed.')
    assert.deepEqual((await verifyRedacted({ redacted: changed }, trust)).faults.map(({ code }) => code), ['parts_differ'])
  })

  it('opens what it shows, and no more, to reporters of its duplicates', async () => {
    const original = await submitted()
    await sequenceAll(w.database, w.organization.id)
    const later = await submitted({ title: 'It sends me away' })
    await sequenceAll(w.database, w.organization.id)
    await run('report.close', { report: later.report, reason: 'duplicate', message: 'Known.', original: original.reference })
    await run('report.close', { report: original.report, reason: 'informative', message: 'Thanks.' })
    await run('publication.write', { report: original.report, ...own, marked: { title: shown.title, description: shown.description } })
    await run('disclosure.request', { report: original.report, reason: 'Let us.' })
    await answer('reporter', original.report, 'accept')
    await publish(original.report)
    const { trust } = await file(original.reference)
    const duplicate = await w.read(async (tx) => duplicateFile(tx, await getReport(tx, reporter(later.report), later.report)))
    const result = await verifyDuplicate({ duplicate }, trust)
    assert.deepEqual(result.faults, [])
    const values = result.opened!.parts.map((part) => part?.value)
    assert.ok(values.includes('Any address is followed.\n') && !values.includes(content.steps))
    assert.ok(!duplicate.includes('8f3e2a11') && !duplicate.includes('Moss'))
  })

  it('is made of the company’s own words where the reporter objects', async () => {
    const { report, reference } = await closed()
    await run('publication.write', { report, ...own, marked: shown })
    await run('disclosure.request', { report, reason: 'Others report it too.' })
    await answer('reporter', report, 'decline', 'I am ashamed of it.')
    await assert.rejects(publish(report), { code: 'reporter_may_object' })
    days(15)
    await publish(report)
    const view = await ask('publication.read', { reference })
    assert.ok(view.members.every(({ lines }: { lines: unknown }) => lines === null))
    const { redacted, trust } = await file(reference)
    assert.deepEqual((await verifyRedacted({ redacted }, trust)).faults, [])
    for (const word of [content.title, 'followed', 'Moss']) assert.ok(!redacted.includes(word), word)
  })

  it('leaves out what either side marked, shows messages that both chose, and names the reporter as they want', async () => {
    const { report, reference } = await closed()
    const messages = await w.read((tx) => tx.db.selectFrom('report_messages').select('id').where('report_id', '=', report).execute())
    const ids = messages.map(({ id }) => id)
    await assert.rejects(run('publication.mark', { report, marked: shown }, reporter(report)), { code: 'no_text_yet' })
    await run('publication.write', { report, ...own, marked: { ...shown, steps: content.steps }, messages: ids })
    await assert.rejects(run('publication.mark', { report, marked: { ...shown, steps: 'Rewritten.' } }, reporter(report)),
      (error) => error instanceof Invalid && 'marked[steps]' in error.fields)
    await assert.rejects(run('publication.mark', { report, credit: 'pseudonym' }, reporter(report)), (error) => error instanceof Invalid
      && 'credit_name' in error.fields)
    await run('publication.mark',
      { report, marked: { ...shown, title: content.title, description: content.description, steps: 'Follow it as [[Moss]].' }, messages: ids,
      credit: 'pseudonym', credit_name: 'moss_under_stone' }, reporter(report))
    await run('disclosure.ask', { report, reason: 'Please.' }, reporter(report))
    await answer('team', report, 'accept')
    await publish(report)
    const view = await ask('publication.read', { reference })
    assert.deepEqual(linesOf(view.messages), [['It is meant so.']])
    assert.deepEqual(view.credit, { how: 'pseudonym', name: 'moss_under_stone' })
    assert.ok(!JSON.stringify(view).includes('8f3e2a11') && !JSON.stringify(view).includes('as Moss'))
    await run('report.erase', { report, what: 'identity' }, 'admin')
    assert.equal((await ask('publication.read', { reference })).credit.how, 'none')
    await run('report.erase', { report, what: 'content' }, 'admin')
    await assert.rejects(ask('publication.read', { reference }), { code: 'not_found' })
  })

  it('leaves out passages of messages that either side marked, and is proven line by line', async () => {
    const { report, reference } = await submitted()
    await run('report.ask', { report, message: 'Which account was it?\nOur own is grace@harbour.invalid.' })
    await run('report.answer', { report, message: 'Mine, moss@example.invalid.\r\nToken [1]: 8f3e2a11\nThat is all.' }, reporter(report))
    await run('report.close', { report, reason: 'informative', message: 'Thanks.' })
    const [ask_, answered, closing] = await w.read((tx) => tx.db.selectFrom('report_messages').select('id').where('report_id', '=', report)
      .orderBy('sent_at').execute())
    const messages = [ask_!.id, answered!.id, closing!.id]
    const [asked, told] = [`messages/${ask_!.id}`, `messages/${answered!.id}`]
    await run('publication.write', { report, ...own, marked: { ...shown, [asked]: 'Which account was it?\nOur own is [[grace@harbour.invalid]].' }, messages })
    await assert.rejects(run('publication.mark', { report, marked: { [told]: 'Mine.' }, messages }, reporter(report)),
      (error) => error instanceof Invalid && `marked[${told}]` in error.fields)
    await run('publication.mark', { report, messages, marked: {
      title: content.title, description: content.description, steps: content.steps,
      [told]: 'Mine, [[moss@example.invalid]].\nToken [1]: [[8f3e2a11]]\nThat is all.',
    } }, reporter(report))
    // What one form did not send keeps its marks.
    await run('publication.write', { report, ...own, marked: shown, messages: messages.slice(0, 2) })
    await run('disclosure.ask', { report, reason: 'Please.' }, reporter(report))
    await answer('team', report, 'accept')
    await publish(report)
    const view = await ask('publication.read', { reference })
    assert.deepEqual(linesOf(view.messages),
      [['Which account was it?\n', 'Our own is ████.'], ['Mine, ████.\r\n', 'Token [1]: ████\n', 'That is all.']])
    const { redacted, trust } = await file(reference)
    const result = await verifyRedacted({ redacted }, trust)
    assert.deepEqual([result.faults, result.messages!.map(({ kind }) => kind)], [[], ['report.question-asked', 'report.answered']])
    assert.deepEqual(result.messages![1]!.parts, [
      { of: 'message', shown: 'Mine, ████.\r\n' }, { of: 'message', shown: 'Token [1]: ████\n' }, { of: 'message', value: 'That is all.' },
    ])
    for (const secret of ['8f3e2a11', 'moss@', 'grace@', 'Thanks']) assert.ok(!(JSON.stringify(view) + redacted).includes(secret), secret)
    const changed = redacted.replace('That is all.', 'That was it.')
    assert.deepEqual((await verifyRedacted({ redacted: changed }, trust)).faults.map(({ code }) => code), ['parts_differ'])
  })

  it('comes by itself at the instant that both agreed on, if both approved the text as it is', async () => {
    const { report, reference } = await closed()
    await run('disclosure.request', { report, date: '2026-06-01', time: '14:00', zone: 'Europe/Zurich', reason: 'After the release.' })
    await answer('reporter', report, 'accept')
    await run('publication.write', { report, ...own, marked: shown })
    await run('publication.agree', { report }, reporter(report))
    await run('publication.write', { report, ...own, summary: 'Changed.', marked: shown })
    await run('publication.approve', { report })
    await assert.rejects(publish(report), { code: 'before_the_date' })
    w.clock.set('2026-06-01T12:00:01Z')
    assert.equal((await clock()).published, 0)
    await run('publication.agree', { report }, reporter(report))
    assert.equal((await clock()).published, 1)
    assert.equal((await ask('publication.read', { reference })).summary, 'Changed.')
    const state = await w.read((tx) => getReport(tx, { kind: 'system', job: 'test' }, report))
    assert.equal(state.state, 'disclosed')
  })

  it('waits for the end of an embargo, of which the parties are reminded', async () => {
    const { report } = await closed()
    await run('embargo.propose', { report, date: '2026-09-01', time: '09:00', zone: 'UTC', reason: 'Others fix it too.' })
    const proposal = (await w.read((tx) => openProposal(tx, report, 'embargo')))!.id
    await run('disclosure.reply', { report, proposal, answer: 'accept' }, reporter(report))
    await run('publication.write', { report, ...own, marked: shown })
    await assert.rejects(run('disclosure.request', { report, reason: 'Now.' }), { code: 'embargo_runs' })
    await assert.rejects(publish(report), { code: 'embargo_runs' })
    w.clock.set('2026-08-26T09:00:00Z')
    assert.deepEqual([(await clock()).reminded, (await clock()).reminded], [1, 0])
    const reminder = (await w.read((tx) => listMails(tx, 1000))).filter(({ subject }) => subject.includes('its embargo ends soon'))
    assert.ok(reminder.some(({ address }) => address === content.email))
    w.clock.set('2026-09-01T09:00:01Z')
    assert.equal((await clock()).ended, 1)
    await assert.rejects(publish(report), { code: 'ask_first' })
  })
})
