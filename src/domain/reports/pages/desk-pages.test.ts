import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../../app.ts'
import { createWeb } from '../../../web/server.ts'
import { operations } from '../../../../test/support/routes.ts'
import { member, type Visitor } from '../../../../test/support/visitors.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { saveTemplate } from '../desk/templates.ts'
import { submitReport } from '../submit-report.ts'

const told = { title: 'A weakness', description: 'A weakness.', steps: 'Look.', name: 'Rae', good_faith: true }

describe('the desk’s pages, without script', () => {
  let w: World
  let ann: Visitor
  let reports: string[]
  before(async () => {
    w = await world()
    const app = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
    ann = await member({ app, database: w.database, slug: w.organization.slug }, w.organization.id, ['admin'])
    reports = []
    for (let i = 0; i < 3; i++) reports.push((await w.as('nobody').run(submitReport, { ...told, title: `Weakness ${i}` })).report)
  })
  after(() => w.close())

  const text = async (path: string) => (await ann.get(path)).text()

  it('go to a case by its number', async () => {
    const response = await ann.get('/desk/ORGANIZAT-2')
    assert.equal(response.status, 303)
    assert.match(response.headers.get('location')!, new RegExp(`/desk/reports/${reports[1]}$`))
    assert.equal((await ann.get('/desk/ORGANIZAT-99')).status, 404)
  })

  it('put a template behind what was typed, and lose nothing', async () => {
    const { template } = await w.as('admin').run(saveTemplate, { name: 'Thanks', body: 'Dear {reporter}, thank you for {reference}.' }) as { template: string }
    const page = await (await ann.post(`/desk/reports/${reports[0]}/template`, { template, message: 'Typed before.' })).text()
    assert.match(page, /Typed before\.\n\nDear Rae, thank you for R-/)
  })

  it('take a case, tag it, and take both back', async () => {
    await ann.post(`/desk/reports/${reports[0]}/assignee`, { assignee: 'me' })
    w.clock.advance({ seconds: 1 })
    await ann.post(`/desk/reports/${reports[0]}/tags`, { tags: 'xss\nshop' })
    const page = await text(`/desk/reports/${reports[0]}`)
    assert.ok(page.includes('tag=shop'))
    const [, batch] = /name="batch" value="([^"]+)"/.exec(page)!
    assert.equal((await ann.post('/desk/undo', { batch: batch! })).status, 303)
    assert.ok(!(await text(`/desk/reports/${reports[0]}`)).includes('tag=shop'))
  })

  it('come back filled where something was refused', async () => {
    const response = await ann.post(`/desk/reports/${reports[0]}/links`, { kind: 'blocks', other: 'ACME-77' })
    assert.equal(response.status, 422)
    assert.match(await response.text(), /value="ACME-77"/)
  })

  it('say at a box of many lines which line is wrong', async () => {
    const page = await (await ann.post(`/desk/reports/${reports[0]}/tags`, { tags: 'xss\n\nNot a tag!' })).text()
    assert.match(page, /<a href="#tags">“Not a tag!”: A tag is letters/)
    assert.match(page, /id="tags-error"/)
  })

  it('come back in the form of the template that was changed, not of a new one', async () => {
    const { template } = await w.as('admin').run(saveTemplate, { name: 'Later', body: 'We look at it later.' }) as { template: string }
    const page = await (await ann.post('/desk/case-settings/templates', { template, name: '', body: 'Changed.' })).text()
    const [, own] = page.split(`value="${template}"`)
    assert.match(own!, /^\/?>[^]*?id="name-error"[^]*?>Changed\.<\/textarea>/)
    assert.match(page, /id="new-body"[^>]*><\/textarea>/)
  })

  it('show as read what was opened, and as unread what is to come back', async () => {
    await ann.get(`/desk/reports/${reports[1]}`)
    const linkOf = async () => new RegExp(`reports/${reports[1]}" class="(unread|read)"`).exec(await text('/desk/reports'))![1]
    assert.equal(await linkOf(), 'read')
    await ann.post(`/desk/reports/${reports[1]}/reading`, { as: 'unread' })
    assert.equal(await linkOf(), 'unread')
  })

  it('change all that a view shows, offer to take it back, and come back filled where something was refused', async () => {
    w.clock.advance({ minutes: 1 })
    assert.equal((await ann.post('/desk/many/change?queue=plausible', { matching: 'state=open', add_tag: 'sweep' })).status, 303)
    const page = await text('/desk/reports?tag=sweep')
    assert.equal(page.match(/data-tick/g)!.length, 3)
    const [, batch] = /name="batch" value="([^"]+)"/.exec(page)!
    await ann.post('/desk/undo', { batch: batch! })
    assert.ok(!(await text('/desk/reports')).includes('sweep'))
    const refused = await ann.post('/desk/many/closure', { reports: reports[0]!, reason: 'informative', message: '' })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), new RegExp(`value="${reports[0]}" checked`))
  })

  it('keep a view under a name', async () => {
    const response = await ann.post('/desk/views', { query: 'assignee=nobody&overdue=yes', name: 'Late and nobody’s', shared: 'yes' })
    assert.match(response.headers.get('location')!, /assignee=nobody&overdue=yes$/)
    assert.ok((await text('/desk/reports')).includes('Late and nobody’s'))
  })
})
