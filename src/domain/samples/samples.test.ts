import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parseVkey, readZip, verifySample } from 'avow-verify'
import { ZipFile } from 'yazl'
import type { Readable } from 'node:stream'
import '../../app.ts'
import { createAccount } from '../../access/accounts.ts'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { append, publishedCheckpoint, sequenceAll } from '../../ledger/index.ts'
import { listSigningKeys, vkeyOf } from '../../ledger/signing-keys.ts'
import { enlist } from '../../access/people.ts'
import { world, type World } from '../../../test/support/world.ts'
import { personJoined } from '../accounts/kinds.ts'
import { restrictReport } from '../reports/restrict-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { trainingPassed } from '../systems/index.ts'
import { drawSample } from './draw-sample.ts'
import { readSample } from './find.ts'
import { fixPopulation } from './fix-population.ts'
import { sampleZip } from './sample-zip.ts'

describe('a sample', () => {
  let w: World
  let auditor: Actor
  const ids: string[] = []
  const year = { from: '2026-01-01', to: '2026-12-31' }
  before(async () => {
    w = await world()
    for (const n of [1, 2, 3, 4, 5, 6]) ids.push(await joined(`Person ${n}`, `p${n}@example.org`))
    auditor = { kind: 'member', accountId: await createAccount(w.database.global, w.keyring, { name: 'Audrey', address: 'audrey@example.org' }, null),
      personName: 'Audrey', roles: ['auditor'], confirmed: true }
    await sequence()
  })
  after(() => w.close())

  const sequence = () => sequenceAll(w.database, w.organization.id)
  async function joined(name: string, address: string): Promise<string> {
    const id = await createAccount(w.database.global, w.keyring, { name, address }, null)
    await w.write(async (tx) => {
      await addMember(tx, id, ['member'])
      const { personId } = await enlist(tx, id)
      await append(tx, personJoined, { subjects: { person: personId }, marks: {}, facts: { roles: ['member'], invited_by: null } })
      await append(tx, trainingPassed, { subjects: { person: personId, course: id }, marks: {}, facts: {} })
    })
    return id
  }

  async function drawn(input: object, words = ''): Promise<string> {
    const { sample } = await w.as(auditor).run(fixPopulation, { ...year, ...input })
    await assert.rejects(w.as(auditor).run(drawSample, { sample }), { code: 'not_ready' })
    await sequence()
    await w.as(auditor).run(drawSample, { sample, words })
    await sequence()
    return sample
  }

  const zipOf = async (sample: string, actor = auditor): Promise<Buffer> => Buffer.concat(await Array.fromAsync(
    await sampleZip({ database: w.database, organizationId: w.organization.id, actor }, sample)))

  async function trust() {
    const keys = await w.read((tx) => listSigningKeys(tx, 'log'))
    return { keys: keys.map((key) => parseVkey(vkeyOf(key))), witnesses: [] }
  }

  /** The same archive with some files changed, or taken out where nothing is given. */
  async function changed(zip: Buffer, changes: Record<string, string | null>): Promise<Buffer> {
    const again = new ZipFile()
    for (const [name, bytes] of readZip(zip)) if (!(name in changes)) again.addBuffer(Buffer.from(bytes), name, { compress: false })
    for (const [name, text] of Object.entries(changes)) if (text !== null) again.addBuffer(Buffer.from(text), name, { compress: false })
    again.end()
    return Buffer.concat(await Array.fromAsync(again.outputStream as Readable))
  }

  it('of people verifies whole, in every line, by the log’s key alone', async () => {
    const zip = await zipOf(await drawn({ of: 'person.joined', size: 3 }, 'seven grey geese'))
    const result = await verifySample(zip, await trust())
    assert.deepEqual(result.faults, [])
    assert.deepEqual([result.checked!.subjects, result.checked!.entries, result.sample!.words], [3, 6, 'seven grey geese'])
    assert.deepEqual(result.population!.sources.map(({ source, only_here, only_there }) => [source, only_here, only_there]), [['the ledger', [], []]])
  })

  it('is not verified where anything of it was changed, taken out or added', async () => {
    const zip = await zipOf(await drawn({ of: 'person.joined', size: 2 }))
    const files = readZip(zip)
    const text = (name: string) => Buffer.from(files.get(name)!).toString()
    const receipt = [...files.keys()].find((name) => /^subjects\/001\/.*tlog-proof$/.test(name))!
    const other = [...files.keys()].find((name) => /^subjects\/002\/.*tlog-proof$/.test(name))!
    const population = JSON.parse(text('population.json'))
    const cases: [Record<string, string | null>, string][] = [
      [{ [receipt]: null }, 'entry_absent'],
      [{ [receipt]: text(other) }, 'entry_differs'],
      [{ [receipt.replace('.tlog-proof', '.json')]: '{}\n' }, 'content_differs'],
      [{ 'subjects/001/more.txt': 'x' }, 'file_unknown'],
      [{ 'index.json': text('index.json').replace(/"id":"./, '"id":"x') }, 'index_differs'],
      [{ 'population.json': text('population.json').replace(population.members[0].id, population.members[1].id) }, 'population_differs'],
      [{ 'seed.checkpoint': (await w.read(publishedCheckpoint))!.note }, 'seed_differs'],
      [{ 'drawn.json': null }, 'file_missing'],
    ]
    for (const [changes, code] of cases) {
      const { ok, faults } = await verifySample(await changed(zip, changes), await trust())
      assert.ok(!ok && faults.some((fault) => fault.code === code), `${code}: ${JSON.stringify(faults)}`)
    }
    assert.equal((await verifySample(zip.subarray(0, -5), await trust())).faults[0]!.code, 'malformed_zip')
  })

  it('compares its population with its sources, and says who is in one and not in the other', async () => {
    const quiet = await createAccount(w.database.global, w.keyring, { name: 'Quiet', address: 'quiet@example.org' }, null)
    await w.write(async (tx) => { await addMember(tx, quiet, ['member']); await enlist(tx, quiet) })
    const { sample } = await w.as(auditor).run(fixPopulation, { ...year, of: 'person.joined', size: 2, list: 'P1@example.org\nnobody@example.org, Nobody\n' })
    const { sources } = await w.as(auditor).ask(readSample, { sample })
    assert.deepEqual(sources.map(({ source, only_here, only_there }) => [source, only_here.length, only_there]), [
      ['the ledger', 1, []], ['a list that was given', 6, ['nobody@example.org']],
    ])
    assert.deepEqual(sources[0]!.only_here, ['Quiet'])
  })

  it('of reports leaves out what is restricted to others, and tells that the ledger holds more', async () => {
    const given = { title: 'A hole', description: 'Somewhere in the sign-in page.', weakness: 'CWE-79', skipped: 'x', good_faith: true }
    const [open, closed] = [await w.as('nobody').run(submitReport, given), await w.as('nobody').run(submitReport, given)]
    const triager: Actor = { kind: 'member', accountId: ids[0]!, personName: 'One', roles: ['triager'], confirmed: true }
    await w.as(triager).run(restrictReport, { report: closed.report })
    await sequence()
    const sample = await drawn({ of: 'report.received' })
    const view = await w.as(auditor).ask(readSample, { sample })
    assert.deepEqual(view.subjects!.map(({ id }) => id), [open.report])
    assert.deepEqual(view.sources[0]!.only_there, ['A report that you may not see'])
    const zip = await zipOf(sample)
    assert.deepEqual((await verifySample(zip, await trust())).faults, [])
    assert.match(Buffer.from([...readZip(zip)].find(([name]) => /^subjects\/001\/\d+\.json$/.test(name))![1]).toString(), /Somewhere in the sign-in page/)
  })

  it('is drawn once, by those who may, of what can be drawn', async () => {
    const sample = await drawn({ of: 'person.joined', size: 1 })
    await assert.rejects(w.as(auditor).run(drawSample, { sample }), { code: 'already_drawn' })
    await assert.rejects(w.as('triager').run(fixPopulation, { ...year, of: 'person.joined' }), { code: 'forbidden' })
    await assert.rejects(w.as(auditor).run(fixPopulation, { ...year, of: 'anything' }), { code: 'invalid_input' })
    await assert.rejects(w.as(auditor).run(fixPopulation, { of: 'person.joined', from: '2025-01-01', to: '2025-12-31' }), { code: 'population_empty' })
    await assert.rejects(w.as(auditor).run(fixPopulation, { of: 'person.joined', from: '2026-02-01', to: '2026-01-01' }), { code: 'invalid_input' })
  })
})
