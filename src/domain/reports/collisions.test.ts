import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { Invalid } from '../../lib/errors.ts'
import { collisionsOf, hostsIn, saysAny, wordsOf } from './collisions.ts'
import { setExclusion } from './exclusions.ts'
import { addKnown, readKnown, retireKnown } from './known-non-findings.ts'
import { addAsset } from './manage-assets.ts'
import { addReleases } from './releases.ts'
import { ReportInput, submitReport } from './submit-report.ts'

const simple = { title: 'Open redirect', description: 'Any address is followed.', steps: 'Follow it.', good_faith: true } as const

describe('what a report collides with', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())
  const found = async (more: object) => (await w.read((tx) => collisionsOf(tx, ReportInput.parse({ ...simple, ...more }))))
    .map(({ about, title }) => `${about}: ${title}`)

  it('is nothing for a report of what is asked for', async () => {
    assert.deepEqual(await found({}), [])
  })

  it('is an exclusion that the text is about, in whole words, and none that the programme has switched off', async () => {
    assert.deepEqual(await found({ impact: 'An attacker causes a Denial-of-Service.' }), ['exclusion: Denial of service'])
    assert.deepEqual(await found({ impact: 'Spammers? No. Antispam is off.' }), [])
    const set = (in_force: boolean) => w.as('admin').run(setExclusion, { name: 'Denial of service', sentence: 'Not wanted.', words: ['ddos'], in_force })
    await set(false)
    assert.deepEqual(await found({ impact: 'ddos' }), [])
    await set(true)
    await w.as('admin').run(setExclusion, { name: 'Old browsers', sentence: 'We do not support them.', words: ['internet explorer*'] })
    assert.deepEqual(await found({ steps: 'In Internet Explorers 6 a ddos' }), ['exclusion: Denial of service', 'exclusion: Old browsers'])
  })

  it('is what is not in scope, by the hosts in the text, and not a host that is itself in scope', async () => {
    const admin = w.as('admin')
    await admin.run(addAsset, { name: 'Everything else', locator: '*.acme.example', in_scope: false })
    await admin.run(addAsset, { name: 'Shop', locator: 'https://shop.acme.example/', in_scope: true })
    const { asset } = await admin.run(addAsset, { name: 'Blog', locator: 'blog.other.example', in_scope: false, note: 'It is run by somebody else.' })
    assert.deepEqual(await found({ steps: 'Open https://SHOP.acme.example/x' }), [])
    assert.deepEqual(await found({ steps: 'Open https://old.acme.example:8443/x, then https://elsewhere.example' }),
      ['out of scope: Everything else is not in scope'])
    assert.deepEqual(await found({ asset }), ['out of scope: Blog is not in scope'])
  })

  it('is a known non-finding, by words, kind of weakness and place together', async () => {
    const admin = w.as('admin')
    await assert.rejects(admin.run(addKnown, { title: 'Nothing', why: 'No way to tell.' }), Invalid)
    const { known } = await admin.run(addKnown, { title: 'Clickjacking on pages without actions', why: 'Nothing can be clicked there.',
      words: ['clickjacking', 'x-frame-options'], weakness: 'CWE-1021' })
    assert.deepEqual(await found({ title: 'Missing X-Frame-Options', weakness: 'CWE-1021' }), ['known non-finding: Clickjacking on pages without actions'])
    assert.deepEqual(await found({ title: 'Missing X-Frame-Options', weakness: 'CWE-79' }), [])
    assert.equal((await w.as('nobody').ask(readKnown, {})).known.length, 1)
    await admin.run(retireKnown, { known })
    assert.deepEqual(await found({ title: 'Missing X-Frame-Options', weakness: 'CWE-1021' }), [])
  })

  it('is a version that is no release, and a number that is no weakness', async () => {
    const { asset } = await w.as('admin').run(addAsset, { name: 'App', kind: 'app' })
    await w.as('admin').run(addReleases, { asset, releases: '1.0' })
    assert.deepEqual(await found({ asset, version: '7.0', weakness: 'CWE-99999' }),
      ['version: 7.0 is not a release that we know', 'weakness: CWE-99999 is not in the list that we have'])
  })

  it('is told to a program in the answer, and the report is taken in all the same', async () => {
    const program = w.as({ kind: 'nobody', from: { network: '192.0.2.1', tor: false, program: true } })
    const { report, warnings } = await program.run(submitReport, { ...simple, impact: 'A ddos of everybody.' })
    assert.deepEqual(warnings.map(({ title }) => title), ['Denial of service'])
    const { channel } = await w.read((tx) => tx.db.selectFrom('reports').select('channel').where('id', '=', report).executeTakeFirstOrThrow())
    assert.equal(channel, 'api')
  })
})

describe('words and hosts', () => {
  it('are found whatever stands between them', () => {
    assert.ok(saysAny(wordsOf('It is a\nSYN–flood!'), ['syn flood']))
    assert.ok(!saysAny(wordsOf('synflood'), ['syn flood']))
    assert.ok(!saysAny(wordsOf('anything'), ['***']))
    assert.deepEqual(hostsIn('see HTTPS://A.example/x?u=http://b.example, http://[::1]/ and http://'), ['a.example', 'b.example', '[::1]'])
  })
})
