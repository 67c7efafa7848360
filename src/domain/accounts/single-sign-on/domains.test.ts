import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { password, providerWorld, type ProviderWorld } from '../../../../test/support/provider-world.ts'
import { browser } from '../../../../test/support/visitors.ts'
import { startSession } from '../../../access/sessions.ts'
import { requireSingleSignOn } from './domains.ts'
import { nameException } from './exceptions.ts'
import { setGroupRoles } from './group-roles.ts'
import { readSingleSignOn } from './read-single-sign-on.ts'
import { mayUsePassword, ssoFor } from './sso-for.ts'

describe('a domain of single sign-on', () => {
  let p: ProviderWorld
  before(async () => {
    p = await providerWorld()
    await p.w.as(p.admin).run(setGroupRoles, { roles: ['member'] })
  })
  after(() => p.close())

  it('believes nobody of a domain whose proof was lost', async () => {
    const person = p.grace()
    assert.equal((await p.visit(person)).back.status, 303)
    await p.prove('example.org', false)
    assert.equal((await p.visit(person)).back.status, 303, 'a missing record may be a slip')
    p.w.clock.advance({ hours: 7 * 24 + 1 })
    await p.prove('example.org', false)
    assert.match((await p.visit(person)).text, /cannot speak for your mail address/)
    await p.prove('example.org')
    assert.equal((await p.visit(person)).back.status, 303)
  })

  it('is required only where somebody can still enter without it, and then a password opens nothing', async () => {
    const require = () => p.w.as(p.admin).run(requireSingleSignOn, { domain: 'example.org', required: true })
    await assert.rejects(require(), { code: 'exception_missing' })
    await p.w.as(p.admin).run(nameException, { person: p.admin.accountId })
    await require()
    const other = { id: await p.newMember('mary@example.org', ['admin']), address: 'mary@example.org' }
    const at = async (id: string) => {
      const cookie = `avow-session=${await startSession(p.w.database.global, id, { methods: ['password', 'totp'], confirmed: true })}`
      return (await p.app.request(p.url('/desk/policies'), { headers: { cookie } })).status
    }
    assert.equal(await at(other.id), 401)
    assert.equal(await at(p.admin.accountId), 200)
    assert.equal(await mayUsePassword(p.w.database, p.w.organization.id, other), false)
    assert.equal(await mayUsePassword(p.w.database, p.w.organization.id, { id: p.admin.accountId, address: 'ada@example.org' }), true)
    const [known, unknown] = await Promise.all(['mary@example.org', 'nobody@EXAMPLE.ORG'].map((address) => ssoFor(p.w.database, p.w.organization.id, address)))
    assert.deepEqual(known, unknown)
    assert.equal(known?.required, true)
    assert.equal((await ssoFor(p.w.database, p.w.organization.id, 'mary@elsewhere.example'))?.required, false)
  })

  it('takes the password of an exception before the eyes of the others, and nobody else’s', async () => {
    const signIn = (address: string) => browser({ app: p.app, database: p.w.database, slug: p.w.organization.slug }).post('/sign-in', { address, password })
    const noticed = () => p.w.read((tx) => tx.db.selectFrom('entries').select('id').where('kind', '=', 'sign-in-exception.used').execute())
    const refused = await signIn('mary@example.org')
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /sign in by Example login/)
    assert.equal((await noticed()).length, 0)
    assert.equal((await signIn('ada@example.org')).status, 303)
    assert.equal((await noticed()).length, 1)
    const subjects = await p.w.read((tx) => tx.db.selectFrom('mails').select('subject').execute())
    assert.ok(subjects.some(({ subject }) => subject === 'Somebody entered without single sign-on'))
  })

  it('never shows the secret again, and never stores it as it is', async () => {
    assert.doesNotMatch(JSON.stringify(await p.w.as(p.admin).ask(readSingleSignOn, {})), /not-really-a-secret/)
    const row = await p.w.read((tx) => tx.db.selectFrom('sign_in_providers').selectAll().executeTakeFirstOrThrow())
    assert.ok(!row.secret_box.includes('not-really-a-secret'))
  })
})
