import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { Field } from '../ui/field.tsx'
import { PlainLayout } from '../ui/layout.tsx'
import { refuseIf } from '../lib/errors.ts'
import { textOf, type Entered } from '../verbs/form-input.ts'
import { registry } from '../verbs/registry.ts'
import { verb } from '../verbs/verb.ts'
import type { FieldErrors, Module } from './module.ts'
import type { Page } from './page.ts'
import { PostForm } from '../ui/post-form.tsx'
import { createWeb } from './server.ts'
import { world, type World } from '../../test/support/world.ts'

const wish = verb({
  name: 'wish.make', summary: 'Makes a wish.', may: 'public.read', entries: [],
  input: z.object({
    text: z.string().trim().min(1, 'Say what you wish.'), times: z.number().max(3).optional(), tools: z.array(z.object({ name: z.string() })).default([]),
  }),
  async run({ tx }, input) {
    refuseIf(input.text === 'the moon', 'out_of_reach', 'Nobody can give you the moon.')
    return { id: tx.newId(), input }
  },
})

const WishPage = ({ page, input = {}, errors = {} }: { page: Page; input?: Entered; errors?: FieldErrors }) => (
  <PlainLayout page={page} title="Wish">
    <PostForm action="/wish">
      <Field name="text" label="Wish" value={textOf(input, 'text')} error={errors['text']} />
      <p>{errors['']}</p>
    </PostForm>
  </PlainLayout>
)

const wishes: Module = {
  name: 'wishes', verbs: [wish], queries: [],
  pages(web) {
    web.get('/wish', { may: 'public.read' }, (page) => WishPage({ page }))
    web.form(wish, {
      at: 'POST /wish', again: (page, input, errors) => WishPage({ page, input, errors }),
      done: ({ input }) => `/wish?${new URLSearchParams({ said: JSON.stringify(input) })}`,
    })
    web.post('/wish/knock', { may: 'public.read', limit: { name: 'knock', count: 2, perSeconds: 60 } }, () => new Response('come in'))
    web.get('/team', { may: 'reports.triage' }, (page) => WishPage({ page }))
    web.get('/bug', { may: 'public.read' }, () => { throw new Error('secret detail') })
  },
}

describe('the web', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  const logged: unknown[] = []
  before(async () => {
    w = await world()
    const operations = registry([wishes], () => true)
    app = createWeb({ database: w.database, modules: [wishes], operations, log: { error: (...args) => void logged.push(args) } })
  })
  after(() => w.close())

  const get = (path: string, headers: Record<string, string> = {}) => app.request(`http://avow.test/o/${w.organization.slug}${path}`, { headers })
  const opened = async () => {
    const response = await get('/wish')
    return { cookie: response.headers.get('set-cookie')!.split(';')[0]!, csrf: /name="csrf" value="([^"]+)"/.exec(await response.text())![1]! }
  }
  const send = (fields: Record<string, string>, headers: Record<string, string>) =>
    app.request(`http://avow.test/o/${w.organization.slug}/wish`, { method: 'POST', body: new URLSearchParams(fields), headers })

  it('serves the organisation that the path names, with links that stay in it', async () => {
    const response = await get('/wish')
    assert.equal(response.status, 200)
    assert.match(await response.text(), new RegExp(`action="/o/${w.organization.slug}/wish"`))
    assert.match(response.headers.get('content-security-policy')!, /default-src 'none'/)
  })

  it('runs the verb and goes on with 303', async () => {
    const { cookie, csrf } = await opened()
    const response = await send({ csrf, text: ' a pony ', times: '2', 'tools[0][name]': '', 'tools[1][name]': 'nmap' }, { cookie })
    assert.equal(response.status, 303)
    const said = new URL(response.headers.get('location')!, 'http://x').searchParams.get('said')!
    assert.deepEqual(JSON.parse(said), { text: 'a pony', times: 2, tools: [{ name: 'nmap' }] })
  })

  it('draws the form again with what was entered when it is refused', async () => {
    const { cookie, csrf } = await opened()
    for (const [text, sentence] of [['the moon', 'Nobody can give you the moon.'], ['  ', 'Say what you wish.']]) {
      const response = await send({ csrf, text: text! }, { cookie })
      const body = await response.text()
      assert.equal(response.status, 422)
      assert.ok(body.includes(`value="${text}"`))
      assert.ok(body.includes(sentence!))
    }
  })

  it('refuses a post without its token, with another visitor’s, or from another site', async () => {
    const { cookie, csrf } = await opened()
    assert.equal((await send({ text: 'x' }, { cookie })).status, 403)
    assert.equal((await send({ text: 'x', csrf }, {})).status, 403)
    assert.equal((await send({ text: 'x', csrf: (await opened()).csrf }, { cookie })).status, 403)
    assert.equal((await send({ text: 'x', csrf }, { cookie, origin: 'https://elsewhere.test' })).status, 403)
    assert.equal((await send({ text: 'x', csrf }, { cookie, 'sec-fetch-site': 'cross-site' })).status, 403)
    assert.equal((await send({ text: 'x', csrf }, { cookie, origin: 'null' })).status, 303)
  })

  it('takes a post so often from one network, and then says when to come again', async () => {
    const { cookie, csrf } = await opened()
    const operations = registry([wishes], () => true)
    const proxied = createWeb({ database: w.database, modules: [wishes], operations, log: { error() {} }, trustProxy: true })
    const knock = (from: string) => proxied.request(`http://avow.test/o/${w.organization.slug}/wish/knock`, {
      method: 'POST', body: new URLSearchParams({ csrf }), headers: { cookie, 'x-forwarded-for': `192.0.2.1, ${from}` },
    })
    for (const host of ['::1', '::2']) assert.equal((await knock(`2001:db8:1:1${host}`)).status, 200)
    const refused = await knock('2001:db8:1:1::3')
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) > 0)
    assert.match(await refused.text(), /Nothing that you wrote is lost/)
    assert.equal((await knock('2001:db8:1:2::1')).status, 200)
  })

  it('hides its cookies from everything but https where people use https, though a proxy speaks http to us', async () => {
    const operations = registry([wishes], () => true)
    const behind = createWeb({ database: w.database, modules: [wishes], operations, log: { error() {} }, publicUrl: 'https://avow.test' })
    const response = await behind.request(`http://avow.test/o/${w.organization.slug}/wish`)
    assert.match(response.headers.get('set-cookie')!, /^__Host-avow-visitor=\S+; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    assert.match(response.headers.get('strict-transport-security')!, /max-age=63072000/)
  })

  it('asks a visitor to sign in where a role is needed, and knows nothing of paths that are not there', async () => {
    assert.equal((await get('/team')).status, 401)
    assert.equal((await get('/nowhere')).status, 404)
    assert.equal((await app.request('http://avow.test/o/nobody/wish')).status, 404)
  })

  it('writes a line for each answer that names the route, never the address', async () => {
    const lines: Record<string, unknown>[] = []
    const operations = registry([wishes], () => true)
    const told = createWeb({ database: w.database, modules: [wishes], operations, log: { error() {}, info: (line) => void lines.push(line) } })
    await told.request(`http://avow.test/o/${w.organization.slug}/wish?secret=1`)
    await told.request(`http://avow.test/o/${w.organization.slug}/api/v1/wish/make`, { method: 'POST', body: '{}' })
    assert.deepEqual(lines.map(({ ms: _, ...line }) => line), [
      { method: 'GET', route: '/wish', status: 200 }, { method: 'POST', route: '/api/v1/:noun/:verb', status: 422 },
    ])
  })

  it('answers what nobody foresaw with a number alone, and logs it under that number', async () => {
    const response = await get('/bug')
    const body = await response.text()
    assert.equal(response.status, 500)
    assert.ok(!body.includes('secret detail'))
    assert.ok(body.includes((logged[0] as [{ id: string }])[0].id))
  })
})
