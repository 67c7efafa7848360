import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { operations } from '../../../../test/support/routes.ts'
import { foreignKey, scriptedClient } from '../../../../test/support/scripted-provider.ts'
import { providerWorld, type ProviderWorld } from '../../../../test/support/provider-world.ts'
import { rolesOf } from '../../../access/memberships.ts'
import { findSession, startSession } from '../../../access/sessions.ts'
import { modules } from '../../../app.ts'
import { createWeb } from '../../../web/server.ts'
import { setGroupRoles } from './group-roles.ts'

describe('single sign-on', () => {
  let p: ProviderWorld
  before(async () => { p = await providerWorld() })
  after(() => p.close())
  beforeEach(() => { p.provider.claims = {}; p.provider.metadata = {} })

  it('goes to the provider with state, nonce, a PKCE challenge and the exact address to come back to', async () => {
    const { gone, address } = await p.visit({})
    assert.equal(gone.status, 303)
    assert.equal(address.origin + address.pathname, `${p.provider.issuer}/authorize`)
    const { searchParams } = address
    assert.equal(searchParams.get('redirect_uri'), p.url('/sign-in/provider/callback'))
    assert.equal(searchParams.get('code_challenge_method'), 'S256')
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok((searchParams.get(name) ?? '').length >= 43, name)
  })

  it('lets in whoever is in the domain, once it is said what they may do, and makes them a member', async () => {
    const person = p.grace()
    const before = await p.visit(person)
    assert.equal(before.back.status, 422)
    assert.match(before.text, /Nobody has said yet what you may do here/)
    await p.w.as(p.admin).run(setGroupRoles, { roles: ['member'] })
    const { back, session } = await p.visit(person)
    assert.equal(back.status, 303)
    assert.equal(back.headers.get('location'), `/o/${p.w.organization.slug}/desk/policies`)
    assert.equal((await p.app.request(p.url('/desk/policies'), { headers: { cookie: session } })).status, 200)
    const [asked, authorization] = [p.provider.asked.at(-1)!, p.provider.authorizations.at(-1)!]
    assert.ok((asked.get('code_verifier') ?? '').length >= 43)
    const client = Buffer.from(authorization?.split(' ')[1] ?? '', 'base64').toString()
    assert.equal(decodeURIComponent(client), `${scriptedClient.client_id}:${scriptedClient.client_secret}`)
  })

  it('opens that organisation alone, also to somebody who is in two', async () => {
    const person = p.grace()
    const account = await p.newMember(person.email, ['admin'], p.w.other)
    const { session } = await p.visit(person)
    assert.equal((await p.app.request(p.url('/desk/policies'), { headers: { cookie: session } })).status, 200)
    assert.equal((await p.app.request(p.url('/desk/policies', p.w.other.slug), { headers: { cookie: session } })).status, 401)
    const own = await startSession(p.w.database.global, account, { methods: ['password'] })
    assert.equal((await p.app.request(p.url('/desk/policies', p.w.other.slug), { headers: { cookie: `avow-session=${own}` } })).status, 200)
  })

  it('gives roles by groups, and takes them with the groups', async () => {
    await p.w.as(p.admin).run(setGroupRoles, { group: 'Triage', roles: ['triager'] })
    const person = { ...p.grace(), groups: ['triage', 'elsewhere'] }
    const token = (await p.visit(person)).session.split('=')[1]!
    const { account } = (await findSession(p.w.database.global, token))!
    assert.deepEqual(await p.w.read((tx) => rolesOf(tx, account.id)), ['member', 'triager'])
    await p.visit({ ...person, groups: [] })
    assert.deepEqual(await p.w.read((tx) => rolesOf(tx, account.id)), ['member'])
  })

  it('leaves the roles that were given at the desk', async () => {
    const person = p.grace()
    const account = await p.newMember(person.email, ['auditor'])
    assert.equal((await p.visit({ ...person, groups: ['triage'] })).back.status, 303)
    assert.deepEqual(await p.w.read((tx) => rolesOf(tx, account)), ['auditor'])
  })

  it('ends a membership that the provider made when no group gives it a role any more', async () => {
    await p.w.as(p.admin).run(setGroupRoles, { roles: [] })
    const person = { ...p.grace(), groups: ['triage'] }
    const token = (await p.visit(person)).session.split('=')[1]!
    const { account } = (await findSession(p.w.database.global, token))!
    const { back, text } = await p.visit({ ...person, groups: [] })
    assert.equal(back.status, 422)
    assert.match(text, /Nobody has said yet/)
    assert.equal(await p.w.read((tx) => rolesOf(tx, account.id)), null)
    assert.equal(await findSession(p.w.database.global, token), null)
    assert.match((await p.visit(person)).text, /Your access here has ended/)
    await p.w.as(p.admin).run(setGroupRoles, { roles: ['member'] })
  })

  describe('refuses', () => {
    const refused = async (claims: Record<string, unknown>, words: RegExp, returned?: Record<string, string>) => {
      const { back, text, session } = await p.visit({ ...p.grace(), ...claims }, returned)
      assert.equal(back.status, 422)
      assert.match(text, words)
      assert.equal(session, '')
    }
    const forged = /cannot be accepted/

    it('an address that the provider has not verified', () => refused({ email_verified: false }, /does not say that your mail address is verified/))
    it('an address of a domain that is not proved', () => refused({ email: 'grace@elsewhere.example' }, /cannot speak for your mail address/))
    it('an address that only looks like one of the domain', () => refused({ email: 'grace@example.org@elsewhere.example' }, /not say|cannot speak/))
    it('a token for another nonce', () => refused({ nonce: 'another' }, forged))
    it('a token of another issuer', () => refused({ iss: 'https://elsewhere.example' }, forged))
    it('a token for another client', () => refused({ aud: 'somebody-else' }, forged))
    it('a token that has expired', () => refused({ exp: Math.floor(Date.now() / 1000) - 600 }, forged))
    it('another state', () => refused({}, forged, { state: 'another' }))
    it('an answer of another issuer (RFC 9207)', () => refused({}, forged, { iss: 'https://elsewhere.example' }))
    it('a person whom the provider turned away, without repeating its words', async () => {
      await refused({}, /did not let you in/, { error: 'access_denied', error_description: 'Call 555-0100' })
      assert.doesNotMatch((await p.visit(p.grace(), { error: 'server_error', error_description: 'Call 555-0100' })).text, /555/)
    })
    it('a token that another key has signed', async () => {
      const own = p.provider.signing
      p.provider.signing = foreignKey()
      try { await refused({}, forged) } finally { p.provider.signing = own }
    })
    it('an answer that did not begin in this browser', async () => {
      const { address } = await p.visit(p.grace())
      const query = new URLSearchParams({ code: 'c', state: address.searchParams.get('state')!, iss: p.provider.issuer })
      const back = await p.app.request(p.url(`/sign-in/provider/callback?${query}`))
      assert.equal(back.status, 422)
      assert.match(await back.text(), /did not begin in this browser/)
    })
    it('another subject with the address of somebody who is linked already', async () => {
      const person = p.grace()
      assert.equal((await p.visit(person)).back.status, 303)
      await refused({ email: person.email }, /belonged to somebody else/)
    })
    it('a discovery document of another issuer', async () => {
      p.provider.metadata = { issuer: 'https://elsewhere.example' }
      await p.configure({ trusts_second_factor: true })
      const gone = await p.app.request(p.url('/sign-in/provider/go'))
      assert.equal(gone.status, 422)
      assert.match(await gone.text(), /does not answer as it should/)
    })
    it('a provider inside the network unless the operator allows it', async () => {
      const outside = createWeb({ database: p.w.database, modules, operations, log: { error: console.error } })
      await p.configure({ trusts_second_factor: true })
      assert.equal((await outside.request(p.url('/sign-in/provider/go'))).status, 422)
    })
  })

  it('takes the provider’s word for the second factor only where that was said', async () => {
    const sessionAfter = async (claims: object) => {
      const { session } = await p.visit({ ...p.grace(), ...claims })
      return (await findSession(p.w.database.global, session.split('=')[1]!))!
    }
    const now = Math.floor(Date.now() / 1000)
    const just = await sessionAfter({ amr: ['pwd', 'mfa'], auth_time: now })
    assert.deepEqual([just.secondFactorShown, just.confirmed], [true, true])
    for (const auth_time of [now - 3600, undefined]) {
      const earlier = await sessionAfter({ amr: ['pwd', 'mfa'], auth_time })
      assert.deepEqual([earlier.secondFactorShown, earlier.confirmed], [true, false], 'what is dangerous asks for one that was shown minutes ago')
    }
    assert.equal((await sessionAfter({ amr: ['pwd'], auth_time: now })).secondFactorShown, false)
    await p.configure({})
    assert.equal((await sessionAfter({ amr: ['mfa'], auth_time: now })).secondFactorShown, false)
  })
})
