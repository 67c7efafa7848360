import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '../../lib/ids.ts'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { confirmCorrection, proposeCorrection, sequenceAll, withdrawCorrection } from '../../ledger/index.ts'
import { world, type World } from '../../../test/support/world.ts'
import { systems } from '../systems/index.ts'
import { listEntriesQuery } from './list-entries.ts'

const admin = (accountId: string): Actor => ({ kind: 'member', accountId, personName: 'An administrator', roles: ['admin'], confirmed: true })

describe('the record', () => {
  let w: World
  const [ada, bo] = [newId(), newId()]
  const list = (input: object) => w.as('auditor').ask(listEntriesQuery, input)

  const run = (name: string, input: object) => w.as('admin').run(systems.verbs.find((verb) => verb.name === name)!, input)

  before(async () => {
    w = await world()
    await w.write(async (tx) => { for (const id of [ada, bo]) await addMember(tx, id, ['admin']) })
    await run('system.add', { slug: 'web', title: 'The web app' })
    for (let i = 0; i < 60; i++) await run('evidence.record', { kind: 'scan.completed', subjects: { system: 'web' } })
    await run('system.add', { slug: 'mail', title: 'Mail' })
    await sequenceAll(w.database, w.organization.id)
  })
  after(() => w.close())

  it('is read page by page to its first entry', async () => {
    const seen: number[] = []
    let next: number | null = null
    do {
      const page: { entries: { index: number }[]; next: number | null } = await list(next === null ? {} : { before: next })
      seen.push(...page.entries.map(({ index }) => index))
      next = page.next
    } while (next !== null)
    assert.deepEqual(seen, Array.from({ length: seen.length }, (_, i) => seen.length - 1 - i))
    assert.ok(seen.length > 60)
  })

  it('is searched by kind and by what an entry is about, with the names that people use', async () => {
    const { entries } = await list({ kinds: ['scan.completed'], about: 'web' })
    assert.equal(entries.length, 50)
    assert.deepEqual(entries[0]!.subjects, [{ kind: 'system', id: 'web', label: 'The web app' }])
    const mail = await list({ about: 'mail' })
    assert.deepEqual(mail.entries.map(({ kind }) => kind), ['system.listed'])
    assert.deepEqual((await list({ about: 'nothing-like-it' })).entries, [])
  })

  it('is corrected by two people; who proposed it may take it back until then', async () => {
    const { entries: [wrong] } = await list({ kinds: ['scan.completed'] })
    const { index } = wrong!
    const first = { index, reason: 'It scanned another system.' }
    await w.as(admin(ada)).run(proposeCorrection, first)
    await assert.rejects(w.as(admin(ada)).run(confirmCorrection, { index }), { code: 'correction_needs_second_person' })
    await w.as(admin(ada)).run(withdrawCorrection, { index })
    await w.as(admin(bo)).run(proposeCorrection, { index, reason: 'It scanned the staging system.' })
    await w.as(admin(ada)).run(confirmCorrection, { index })
    await assert.rejects(w.as(admin(bo)).run(withdrawCorrection, { index }), { code: 'correction_already_confirmed' })
    await sequenceAll(w.database, w.organization.id)
    const { entries: [entry] } = await list({ kinds: ['entry.corrected'] })
    assert.equal(entry!.marks.corrects, String(index))
  })

  it('is not shown to whoever may not audit it', async () => {
    for (const role of ['triager', 'member', 'nobody'] as const) await assert.rejects(w.as(role).ask(listEntriesQuery, {}))
  })
})
