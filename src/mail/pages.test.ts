import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { world } from '../../test/support/world.ts'
import { registry } from '../verbs/registry.ts'
import { createWeb } from '../web/server.ts'
import { developmentMail } from './pages.tsx'
import { listMails } from './find-mail.ts'
import { post } from './post.ts'

const w = await world()
after(() => w.close())
const app = createWeb({ database: w.database, modules: [developmentMail], operations: registry([developmentMail], () => true), log: { error() {} } })
const get = (path: string, { slug } = w.organization) => app.request(`http://avow.test/o/${slug}${path}`)

test('it shows what was written, to whom, with links that work', async () => {
  assert.match(await (await get('/dev/mail')).text(), /No mail yet/)
  await w.write((tx) => post(tx, { to: { address: 'ada@researcher.example' }, subject: 'R-7KQ2: acknowledged', text: 'Read <it>: {link:/track}' }))
  const [mail] = await w.read((tx) => listMails(tx))
  assert.match(await (await get('/dev/mail')).text(), new RegExp(`href="/o/${w.organization.slug}/dev/mail/${mail!.id}">R-7KQ2: acknowledged<`))
  const page = await (await get(`/dev/mail/${mail!.id}`)).text()
  assert.match(page, /ada@researcher\.example/)
  assert.match(page, new RegExp(`Read &lt;it&gt;: <a href="/o/${w.organization.slug}/track">http://avow.test/o/${w.organization.slug}/track</a>`))
  assert.equal((await get(`/dev/mail/${mail!.id}`, w.other)).status, 404)
})
