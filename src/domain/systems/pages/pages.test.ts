import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../../app.ts'
import { standings } from '../../../commitments/index.ts'
import { sequenceAll } from '../../../ledger/index.ts'
import { createWeb } from '../../../web/server.ts'
import { operations } from '../../../../test/support/routes.ts'
import { member, type Place, type Visitor } from '../../../../test/support/visitors.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { connectAvow } from '../connect-avow.ts'

const text = `# Security

We test that backups can be restored every year.[^restore] Access is reviewed every quarter.[^access] We never take researchers to court.[^court]

[^restore]: \`restore.drilled\` happens at least every year.
[^access]: For each system, \`access.reviewed\` happens at least every 3 months.
[^court]: \`legal-action.taken\` never happens.
`

describe('at the desk', () => {
  let w: World
  let place: Place
  let ada: Visitor
  let bo: Visitor

  before(async () => {
    w = await world()
    place = { app: createWeb({ database: w.database, modules, operations, log: { error: console.error } }), database: w.database, slug: w.organization.slug }
    await connectAvow(w.database, w.organization.id, operations.verbs)
    ada = await member(place, w.organization.id, ['admin'])
    await publish(text)
  })
  after(() => w.close())

  async function publish(body: string) {
    const run = (name: string, input: object) => w.as('admin').run(operations.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
    await run('policy.draft', { text: body })
    await run('policy.submit', {})
    await run('policy.approve', {})
    await run('policy.rehearse', {})
    await run('policy.publish', {})
  }

  const page = async (visitor: Visitor, path: string) => {
    await sequenceAll(w.database, w.organization.id)
    const response = await visitor.get(path)
    assert.equal(response.status, 200, path)
    return response.text()
  }
  const stands = async (mark: string) => {
    await sequenceAll(w.database, w.organization.id)
    return (await standings(w.database, w.organization.id)).standings.find((one) => one.mark === mark)?.standing
  }
  const later = async (path: string, body: Record<string, string>, visitor = ada) => {
    const response = await visitor.post(path, body)
    assert.equal(response.status, 303, await response.text())
  }
  const refused = async (path: string, body: Record<string, string>, visitor = ada) => {
    const response = await visitor.post(path, body)
    assert.equal(response.status, 422)
    return response.text()
  }

  it('a promise that nothing feeds is kept after one form', async () => {
    assert.equal(await stands('restore'), 'unproven')
    assert.match(await page(ada, '/desk/evidence'), /Nothing feeds these yet.*href="[^"]*\?kind=restore\.drilled"/s)
    const form = await page(ada, '/desk/evidence?kind=restore.drilled&system=avow')
    assert.match(form, /<option value="avow" selected/)
    assert.match(form, /We test that backups can be restored every year/)
    const fields = { kind: 'restore.drilled', 'subjects[system]': 'avow', 'subjects[run]': '', effective_at: '' }
    await later('/desk/evidence', { ...fields, note: 'Restored on a fresh machine.' })
    assert.equal(await stands('restore'), 'kept')
  })

  it('refuses evidence that lacks what it needs, at its field, filled', async () => {
    const fields = { kind: 'finding.opened', 'subjects[finding]': '', 'marks[severity]': 'high', note: 'Found by the scanner' }
    const again = await refused('/desk/evidence', fields)
    assert.match(again, /Name the finding that it is about\./)
    assert.match(again, /<option value="high" selected/)
    assert.match(again, /Found by the scanner/)
    assert.match(await refused('/desk/evidence', { kind: 'access.reviewed', 'subjects[system]': 'nowhere' }), /No system is listed as “nowhere”/)
    assert.match(await refused('/desk/evidence', { kind: 'restore.drilled', 'subjects[run]': '7', effective_at: '2031-01-01' }), /This has not come yet/)
  })

  it('lists a system, changes its hosts and retires it', async () => {
    assert.match(await refused('/desk/systems', { title: 'The web app', slug: 'Web App', hosts: 'www.example.org\nnot a host' }), /Web App.*not a host/s)
    await later('/desk/systems', { title: 'The web app', slug: 'web-app', hosts: 'www.example.org\r\nmail.example.org:465\r\n' })
    assert.match(await page(ada, '/desk/systems'), /The web app.*www\.example\.org.*mail\.example\.org:465/s)
    assert.match(await refused('/desk/systems/web-app/hosts', { hosts: 'ftp://x' }), /Write a host.*ftp:\/\/x/s)
    await later('/desk/systems/web-app/hosts', { hosts: '' })
    assert.doesNotMatch(await page(ada, '/desk/systems/web-app'), /www\.example\.org/)
    await later('/desk/systems', { title: 'The old app', slug: 'old-app', hosts: '' })
    await later('/desk/systems/old-app/retirement', { reason: 'Nobody uses it.' })
    assert.doesNotMatch(await page(ada, '/desk/systems'), /The old app/)
  })

  it('leads from a duty to the form that discharges it, filled', async () => {
    await later('/desk/evidence', { kind: 'access.reviewed', 'subjects[system]': 'avow' })
    w.clock.advance({ hours: 24 * 120 })
    const duties = await page(ada, '/desk')
    const [, link] = /href="[^"]*(\/desk\/evidence\?kind=access\.reviewed&amp;system=web-app)"/.exec(duties) ?? []
    assert.ok(link, duties)
    assert.match(await page(ada, link.replace('&amp;', '&')), /<option value="web-app" selected/)
  })

  it('takes the company’s word for what never happens', async () => {
    assert.equal(await stands('court'), 'unproven')
    assert.match(await refused('/desk/evidence/absence/security/court', { statement: '' }), /Say it in words/)
    await later('/desk/evidence/absence/security/court', { statement: 'Legal has looked through all letters.' })
    assert.equal(await stands('court'), 'kept')
    assert.equal((await ada.get('/desk/evidence/absence/security/access')).status, 404)
  })

  it('connects a source for what a promise waits for', async () => {
    assert.match(await page(ada, '/desk/sources?kind=check.sso'), /value="check\.sso"[^>]*checked/)
    const scanner = { title: 'Our scanner', slug: 'scanner', vouch: 'machine', kinds: 'check.sso' }
    const again = await refused('/desk/sources', { ...scanner, public_key: 'AAAA' })
    assert.match(again, /An Ed25519 public key has 32 bytes/)
    assert.match(again, /value="check\.sso"[^>]*checked/)
    await later('/desk/sources', { ...scanner, public_key: Buffer.alloc(32, 7).toString('base64') })
    assert.match(await page(ada, '/desk/sources'), /Our scanner.*its signature/s)
  })

  it('imports what was done before, shown first, approved by a second person', async () => {
    bo = await member(place, w.organization.id, ['admin'])
    const list = [
      'kind,subject,date', 'access.reviewed,avow,2025-12-20', 'risk-assessment.completed,2025,2025-11-20,fraud_considered=yes',
      '{"kind":"pentest.completed","subject":"autumn","date":"2025-10-02"}',
    ].join('\n')
    const preview = async (pasted: string) => (await ada.post('/desk/evidence/import-reading', { text: pasted })).text()
    assert.match(await preview(`${list}\naccess.reviewed,nowhere,2025-01-01`), /Line 5: No system is listed as “nowhere”/)
    assert.match(await preview(list), /fraud considered yes.*Import 3 entries/s)
    await later('/desk/evidence/import', { text: list })
    const [, approval] = /action="[^"]*(\/desk\/evidence\/import\/[^/"]+\/approval)"/.exec(await page(bo, '/desk/evidence/import')) ?? []
    assert.doesNotMatch(await page(ada, '/desk/evidence/import'), /Approve the import/)
    assert.match(await refused(approval!, {}), /Somebody else has to approve it/)
    await later(approval!, {}, bo)
    assert.match(await page(ada, '/desk/evidence/import'), /What was imported/)
  })

  it('sets the calendar', async () => {
    const again = await refused('/desk/calendar', { zone: 'Europe/Lisbon', workdays: '1', holidays: '2026-12-25\nChristmas' })
    assert.match(again, /Enter a date as year-month-day/)
    assert.match(again, /2026-12-25\nChristmas/)
    await later('/desk/calendar', { zone: 'Europe/Lisbon', workdays: '1', holidays: '2026-12-25' })
    assert.match(await page(ada, '/desk/calendar'), /value="Europe\/Lisbon" selected.*2026-12-25/s)
  })

  it('shows a member the systems, and nothing to change', async () => {
    const somebody = await member(place, w.organization.id, ['member'])
    assert.doesNotMatch(await page(somebody, '/desk/systems'), /Add a system/)
    assert.doesNotMatch(await page(somebody, '/desk/sources'), /Connect a source/)
    assert.equal((await somebody.get('/desk/evidence')).status, 403)
  })
})
