import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createAccount } from '../../../access/accounts.ts'
import type { Member } from '../../../access/actor.ts'
import { addMember } from '../../../access/memberships.ts'
import { listMails } from '../../../mail/index.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { acknowledgeReport } from '../acknowledge-report.ts'
import { discardDraft, draftsOf, saveDraft } from '../drafts.ts'
import { listReportsQuery } from '../list-reports.ts'
import { noteReport } from '../note-report.ts'
import { keepersOf } from '../people.ts'
import { restrictReport } from '../restrict-report.ts'
import { submitReport } from '../submit-report.ts'
import { assignReport, changeMany, closeMany, linkReport, tagReport, unlinkReport, watchReport } from './change-case.ts'
import { doingsOf, lastUndoable } from './doings.ts'
import { addField, fillFields, filledFields, retireField } from './fields.ts'
import { filterIn, queryOf } from './filter.ts'
import { deleteFilter, savedFilters, saveFilter } from './filters.ts'
import { linksOf } from './links.ts'
import { mentionedIn } from './mentions.ts'
import { lookingAt, markRead } from './reads.ts'
import { addTask, finishTask, tasksOf } from './tasks.ts'
import { filledIn, saveTemplate, templates, type Values } from './templates.ts'
import { undoDoing } from './undo.ts'

const told = { title: 'A weakness', description: 'A weakness.', steps: 'Look.', good_faith: true }

describe('the desk', () => {
  let w: World
  let [ann, ben, cem]: Member[] = []
  before(async () => {
    w = await world()
    ;[ann, ben, cem] = [await triager('Ann Ito'), await triager('Ben Ode'), await triager('Cem Ünal')]
  })
  after(() => w.close())

  async function triager(personName: string): Promise<Member> {
    const accountId = await createAccount(w.database.global, w.keyring, { name: personName, address: `${personName.split(' ')[0]}@example.org` }, null)
    await w.write((tx) => addMember(tx, accountId, ['triager']))
    return { kind: 'member', accountId, personName, roles: ['triager'] }
  }
  const send = async () => (await w.as('nobody').run(submitReport, told)).report
  const row = (id: string) => w.read((tx) => tx.db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow())
  const line = async (actor: Member, id: string) => (await w.as(actor).ask(listReportsQuery, { state: 'all' })).reports.find((one) => one.id === id)!
  const later = (minutes = 1) => w.clock.advance({ minutes })
  const lettersTo = async (actor: Member, about: RegExp) =>
    (await w.read((tx) => listMails(tx, 1000)))
      .filter(({ address, subject }) => about.test(subject) && address === `${actor.personName.split(' ')[0]}@example.org`)

  it('gives a report to somebody, who hears of it, and looks after it from then on', async () => {
    const report = await send()
    await w.as(ann!).run(assignReport, { report, assignee: ben!.accountId, note: 'You know the parser.' })
    assert.equal((await row(report)).assignee_id, ben!.accountId)
    assert.equal((await lettersTo(ben!, /given to you/)).length, 1)
    assert.deepEqual((await w.read((tx) => keepersOf(tx, [report]))).get(report)!.accounts, [ben!.accountId])
    assert.deepEqual((await w.as(ben!).ask(listReportsQuery, { assignee: 'me' })).reports.map(({ id }) => id), [report])
    await w.as(ann!).run(assignReport, { report, assignee: 'nobody' })
    assert.ok((await w.read((tx) => keepersOf(tx, [report]))).get(report)!.accounts.length >= 3)
  })

  it('gives a restricted report to nobody who may not see it', async () => {
    const report = await send()
    await w.as(ann!).run(restrictReport, { report })
    await assert.rejects(() => w.as(ann!).run(assignReport, { report, assignee: ben!.accountId }), { code: 'invalid_input' })
  })

  it('takes back what was done to many at once, within some minutes and by whoever did it', async () => {
    const [one, two] = [await send(), await send()]
    later()
    const { changed, batch } = await w.as(ann!).run(changeMany,
      { reports: [one, two], assignee: 'me', add_tag: 'Parser', watch: 'yes' }) as { changed: number; batch: string }
    assert.equal(changed, 2)
    assert.deepEqual((await line(ann!, one)).tags, ['parser'])
    assert.equal((await w.read((tx) => lastUndoable(tx, ann!)))!.batch, batch)
    await assert.rejects(() => w.as(ben!).run(undoDoing, { batch }), { code: 'too_late_to_undo' })
    later()
    assert.deepEqual(await w.as(ann!).run(undoDoing, { batch }), { undone: 2 })
    const after_ = await line(ann!, one)
    assert.deepEqual([after_.tags, after_.assignee], [[], null])
    assert.equal((await w.as(ann!).ask(listReportsQuery, { watched: 'yes' })).reports.length, 0)
    await assert.rejects(() => w.as(ann!).run(undoDoing, { batch }), { code: 'too_late_to_undo' })
    assert.notEqual((await w.read((tx) => lastUndoable(tx, ann!)))?.batch, batch)
    const again = await w.as(ann!).run(changeMany, { reports: [one], add_tag: 'late' }) as { batch: string }
    later(16)
    await assert.rejects(() => w.as(ann!).run(undoDoing, { batch: again.batch }), { code: 'too_late_to_undo' })
  })

  it('brings a discarded draft back as it was', async () => {
    const report = await send()
    await w.as(ann!).run(saveDraft, { report, kind: 'note', message: 'Half a thought' })
    await w.as(ann!).run(discardDraft, { report, kind: 'note' })
    const drafts = async () => w.read(async (tx) => draftsOf(tx, ann!, await row(report)))
    assert.equal((await drafts()).note, '')
    later()
    await w.as(ann!).run(undoDoing, { batch: (await w.read((tx) => lastUndoable(tx, ann!)))!.batch })
    assert.equal((await drafts()).note, 'Half a thought')
  })

  it('closes several for one reason, each with its own entry', async () => {
    const reports = [await send(), await send()]
    assert.deepEqual(await w.as(ann!).run(closeMany, { reports, reason: 'informative', message: 'Thank you.' }), { closed: 2 })
    for (const id of reports) assert.equal((await row(id)).closed_because, 'informative')
  })

  it('tells whoever watches what others do, without a word of what was written', async () => {
    const report = await send()
    await w.as(cem!).run(watchReport, { report, watch: true })
    await w.as(ann!).run(noteReport, { report, message: 'zebrafinch' })
    await w.as(ann!).run(acknowledgeReport, { report, message: 'zebrafinch' })
    await w.as(cem!).run(noteReport, { report, message: 'my own' })
    const letters = await lettersTo(cem!, /somebody (wrote a note|acknowledged it)/)
    assert.equal(letters.length, 2)
    assert.ok(letters.every(({ subject, body }) => !`${subject} ${body}`.includes('zebrafinch')))
  })

  it('marks as unread what others did since, and as read what one did oneself', async () => {
    const report = await send()
    assert.equal((await line(ann!, report)).unread, true)
    later()
    await w.as(ann!).run(markRead, { report })
    assert.equal((await line(ann!, report)).unread, false)
    assert.deepEqual(await w.read((tx) => lookingAt(tx, ben!, report)), ['Ann Ito'])
    later(5)
    assert.deepEqual(await w.read((tx) => lookingAt(tx, ben!, report)), [])
    await w.as(ben!).run(noteReport, { report, message: 'Seen this before, @ann: have a look.' })
    const { unread, mentioned } = await line(ann!, report)
    assert.deepEqual({ unread, mentioned }, { unread: true, mentioned: true })
    assert.equal((await line(ben!, report)).unread, false)
    assert.equal((await lettersTo(ann!, /named in a note/)).length, 1)
    await w.as(ann!).run(markRead, { report })
    assert.equal((await line(ann!, report)).mentioned, false)
    const [newest] = await w.read((tx) => doingsOf(tx, ann!, report))
    assert.deepEqual([newest!.who, newest!.what, newest!.own], ['Ben Ode', 'noted', false])
  })

  it('links two cases, seen from both sides, and not by who may not see the other', async () => {
    const [one, two] = [await send(), await send()]
    const { short_id: number } = await line(ann!, two)
    await w.as(ann!).run(linkReport, { report: one, kind: 'blocks', other: number.toLowerCase() })
    const words = async (id: string, actor = ann!) => (await w.read((tx) => linksOf(tx, actor, id))).map((link) => link.words)
    assert.deepEqual([await words(one), await words(two)], [['blocks'], ['is blocked by']])
    await w.as(ann!).run(restrictReport, { report: two })
    assert.deepEqual(await words(one, ben!), [])
    await assert.rejects(() => w.as(ben!).run(linkReport, { report: one, kind: 'related', other: number }), { code: 'invalid_input' })
    await w.as(ann!).run(unlinkReport, { report: two, kind: 'blocks', other: one })
    assert.deepEqual(await words(one), [])
  })

  it('keeps tasks and fields of one’s own, sealed where they are text', async () => {
    const report = await send()
    const { task } = await w.as(ann!).run(addTask, { report, title: 'Ask the vendor', assignee: ben!.accountId, due: '2026-02-01' }) as { task: string }
    assert.equal((await lettersTo(ben!, /a task for you/)).length, 1)
    await w.as(ann!).run(finishTask, { report, task, done: true })
    assert.deepEqual(await w.read(async (tx) => tasksOf(tx, await row(report))),
      [{ id: task, title: 'Ask the vendor', assignee: 'Ben Ode', due: '2026-02-01', done: true }])
    const { field: team } = await w.as('admin').run(addField, { name: 'Team', kind: 'choice', choices: ['web', 'app'] }) as { field: string }
    w.clock.advance({ seconds: 1 })
    const { field: words } = await w.as('admin').run(addField, { name: 'Ticket', kind: 'text' }) as { field: string }
    await assert.rejects(() => w.as(ann!).run(fillFields, { report, fields: { [team]: 'shop' } }), { code: 'invalid_input' })
    await w.as(ann!).run(fillFields, { report, fields: { [team]: 'web', [words]: 'zebrafinch' } })
    assert.deepEqual((await w.read(async (tx) => filledFields(tx, await row(report)))).map(({ value }) => value), ['web', 'zebrafinch'])
    assert.deepEqual((await w.as(ann!).ask(listReportsQuery, { field: `${team}:web` })).reports.map(({ id }) => id), [report])
    const stored = await w.read((tx) => tx.db.selectFrom('case_field_values').select('value').where('field_id', '=', words).executeTakeFirstOrThrow())
    assert.equal(stored.value, null)
    await w.as('admin').run(retireField, { field: team })
    assert.deepEqual((await w.read(async (tx) => filledFields(tx, await row(report)))).map(({ name }) => name), ['Ticket'])
  })

  it('keeps views of the inbox, shared or one’s own, and only what an address can say', async () => {
    const { filter, query } = await w.as(ann!).run(saveFilter,
      { name: 'Mine', query: 'assignee=me&nonsense=1&queue=proven&severity=huge' }) as { filter: string; query: string }
    assert.equal(query, 'queue=proven&assignee=me')
    await w.as(ben!).run(saveFilter, { name: 'Late', query: 'overdue=yes', shared: true })
    const names = async (actor: Member) => (await w.read((tx) => savedFilters(tx, actor))).map(({ name }) => name)
    assert.deepEqual([await names(ann!), await names(ben!)], [['Late', 'Mine'], ['Late']])
    await assert.rejects(() => w.as(ben!).run(deleteFilter, { filter }), { code: 'not_found' })
    assert.equal(queryOf(filterIn(new URLSearchParams('state=open&tag=x&watched=yes'))), 'tag=x&watched=yes')
  })

  it('sets the tags that are given, and no others', async () => {
    const report = await send()
    await w.as(ann!).run(tagReport, { report, tags: ['xss', 'shop'] })
    await w.as(ann!).run(tagReport, { report, tags: ['xss', 'beta'] })
    assert.deepEqual((await line(ann!, report)).tags, ['beta', 'xss'])
    await assert.rejects(() => w.as(ann!).run(tagReport, { report, tags: ['<b>'] }), { code: 'invalid_input' })
  })

  it('fills templates in, and leaves alone what it does not know', async () => {
    await w.as(ann!).run(saveTemplate, { name: 'Thanks', body: 'Dear {reporter}, thank you for {reference}. {nothing} {constructor}' })
    const [{ body } = { body: '' }] = await w.read(templates)
    assert.equal(filledIn(body, { reporter: 'Rae', reference: 'R-1' } as Values), 'Dear Rae, thank you for R-1. {nothing} {constructor}')
  })
})

describe('a mention', () => {
  const people = [{ id: 'a', name: 'Grace Okoro' }, { id: 'b', name: 'Grace Hopper' }, { id: 'c', name: 'Cem Ünal' }, { id: 'd', name: 'Ann' }]
  const cases: [string, string[]][] = [
    ['@cem look', ['c']], ['(@Cem Unal)', ['c']], ['@cem.ünal.', ['c']], ['@grace who?', []], ['@grace okoro, please', ['a']], ['@grace-hopper', ['b']],
    ['mail cem@example.org', []], ['x@ann', []], ['@annette', []], ['@ann!', ['d']], ['@ann@other.example', []],
  ]
  for (const [text, named] of cases) it(`“${text}” names ${named.length > 0 ? named.join() : 'nobody'}`,
    () => assert.deepEqual(mentionedIn(text, people), named))
})
