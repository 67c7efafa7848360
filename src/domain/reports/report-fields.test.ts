import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { Invalid } from '../../lib/errors.ts'
import { contentFor } from '../../ledger/index.ts'
import { completenessOf } from './completeness.ts'
import { addAsset } from './manage-assets.ts'
import { readReport } from './read-report.ts'
import { addReleases, listReleases, readReleases, releaseNamed, removeRelease } from './releases.ts'
import { submitReport } from './submit-report.ts'

const simple = { title: 'Open redirect', description: 'Any address is followed.', steps: 'Follow it.', good_faith: true } as const

describe('what a report says', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())
  const submit = (more: object = {}) => w.as('nobody').run(submitReport, { ...simple, ...more })
  const read = async (report: string) => (await w.as('triager').ask(readReport, { report })).reported!
  const rowOf = (id: string) => w.read((tx) => tx.db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirstOrThrow())

  it('is kept with version, endpoint, parameter, expected result and vector, and stands in the receipt’s content', async () => {
    const particulars = {
      version: '1.4.2', endpoint: '/next', parameter: 'to', expected_result: 'A redirect to elsewhere.example',
      cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N',
    }
    const { report, entry } = await submit({ ...particulars, proof_of_concept: 'GET /next?to=//elsewhere.example' })
    const { version, endpoint, parameter, expected_result, cvss } = await read(report)
    assert.deepEqual({ version, endpoint, parameter, expected_result, cvss }, particulars)
    assert.equal((await rowOf(report)).queue, 'proven')
    assert.match(await w.read((tx) => contentFor(tx, entry)), /"expected_result":"A redirect/)
  })

  it('has no member for what was not said, so that reports without it are as they always were', async () => {
    const { report } = await submit()
    for (const name of ['version', 'endpoint', 'parameter', 'expected_result', 'cvss', 'arrived_by',
      'split_from']) assert.ok(!(name in await read(report)), name)
  })

  it('takes a kind of weakness as it is chosen from the list', async () => {
    const { report } = await submit({ weakness: 'cwe-601 Open redirect (VRT: Unvalidated Redirects and Forwards)' })
    assert.equal((await read(report)).weakness, 'CWE-601')
    await assert.rejects(submit({ weakness: 'a redirect' }), (error) => error instanceof Invalid && 'weakness' in error.fields)
  })

  it('refuses a vector that cannot be computed, and says where to work one out', async () => {
    await assert.rejects(submit({ cvss: 'CVSS:3.1/AV:N' }), (error) => error instanceof Invalid && /calculator/.test(error.fields.cvss!))
  })

  it('is unproven where it holds nothing but what a scanner printed', async () => {
    const output = JSON.stringify({ version: '2.1.0',
      runs: [{ tool: { driver: { name: 'scan' } }, results: [{ ruleId: 'xss', message: { text: 'Reflected' } }] }] })
    const { report } = await submit({ steps: '', skipped: 'The scanner found it.', tools: [{ name: 'scan', version: '1', output }] })
    const row = await rowOf(report)
    assert.equal(row.queue, 'unproven')
    assert.ok(row.queue_reasons.includes('only-scanner'))
    const { report: other } = await submit({ tools: [{ name: 'scan', version: '1', output }] })
    assert.ok(!(await rowOf(other)).queue_reasons.includes('only-scanner'))
  })

  it('is told apart by how complete it is', async () => {
    const bare = completenessOf(await read((await submit()).report))
    assert.ok(bare.missing.some(({ what }) => what === 'version or commit'))
    assert.equal(bare.there + bare.missing.length, bare.of)
  })

  it('says of each field that is empty why it is, and of no other', async () => {
    const reasons = { version: 'The service has none.', steps: 'Not needed: they are there.', cvss: 'I leave that to you.' }
    const { report } = await submit({ reasons })
    const reported = await read(report)
    assert.deepEqual(reported.reasons, { version: reasons.version, cvss: reasons.cvss })
    assert.equal(completenessOf(reported).missing.find(({ what }) => what === 'version or commit')!.why, reasons.version)
    assert.ok(!('reasons' in await read((await submit()).report)))
  })

  it('needs a reason where nothing shows the weakness, and a file shows it', async () => {
    await assert.rejects(submit({ steps: '' }), (error) => error instanceof Invalid && 'steps' in error.fields)
    await assert.rejects(submit({ steps: '', reasons: { impact: 'Unknown.' } }), Invalid)
    assert.equal((await read((await submit({ steps: '', reasons: { proof_of_concept: 'I saw it once.' } })).report)).steps, '')
  })

  it('is compared with the releases that are known, and never refused', async () => {
    const admin = w.as('admin')
    const { asset } = await admin.run(addAsset, { name: 'Shop', kind: 'app' })
    assert.equal(await w.read((tx) => releaseNamed(tx, asset, '9.9')), null)
    await admin.run(addReleases, { asset, releases: 'version,commit,date\nv1.4.2, 3f5e7d1a99bb, 2026-03-01\n1.5.0' })
    await admin.run(addReleases, { asset, releases: '1.5.0; ; 2026-04-01' })
    assert.deepEqual((await admin.ask(listReleases, { asset })).releases.map(({ version, released_on }) => [version, released_on]),
      [['1.5.0', '2026-04-01'], ['v1.4.2', '2026-03-01']])
    const named = async (typed: string) => w.read((tx) => releaseNamed(tx, asset, typed))
    for (const typed of ['1.4.2', 'V1.4.2', 'refs/tags/v1.4.2', '3f5e7d1', '3F5E7D1A99BB']) assert.equal((await named(typed) as { version: string }).version,
      'v1.4.2', typed)
    assert.equal(await named('2.0'), 'unknown')
    await submit({ asset, version: '2.0' })
    const [newest] = (await admin.ask(listReleases, { asset })).releases
    await admin.run(removeRelease, { release: newest!.id })
    assert.equal(await named('1.5.0'), 'unknown')
    await assert.rejects(admin.run(addReleases, { asset, releases: '1.0, soon' }), Invalid)
  })
})

describe('a list of releases', () => {
  it('is read line by line, in any order of commit and date, and says which lines it cannot read', () => {
    assert.deepEqual(readReleases('1.0\t2026-01-01\tabcdef1\n"1.1",,\n\n1.2,2026-02-30\n,abcdef1'), {
      releases: [
        { version: '1.0', commit_id: 'abcdef1', released_on: '2026-01-01' }, { version: '1.1', commit_id: '', released_on: '' },
        { version: '1.2', commit_id: '', released_on: '' }, { version: '', commit_id: 'abcdef1', released_on: '' },
      ],
      wrong: [4, 5],
    })
  })
})
