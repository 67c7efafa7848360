import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { foreignKey, newSubject, scriptedClient, scriptedProvider, type ScriptedProvider } from '../../../../test/support/scripted-provider.ts'
import { operations } from '../../../../test/support/routes.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { createAccount } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import { addMember, rolesOf } from '../../../access/memberships.ts'
import { findSession, startSession } from '../../../access/sessions.ts'
import { modules } from '../../../app.ts'
import { createWeb } from '../../../web/server.ts'
import { claimDomain, requireSingleSignOn } from './domains.ts'
import { configureProvider } from './configure-provider.ts'
import { lookAtDomains } from './look-at-domains.ts'
import { nameException } from './exceptions.ts'
import { setGroupRoles } from './group-roles.ts'
import { readSingleSignOn } from './read-single-sign-on.ts'
import { mayUsePassword, ssoFor } from './sso-for.ts'

const password = 'correct horse battery staple'

describe('single sign-on', () => {
  let w: World
  let provider: ScriptedProvider
  let app: ReturnType<typeof createWeb>
  let admin: Extract<Actor, { kind: 'member' }>

  const newMember = (address: string, roles: readonly string[], organization = w.organization) => w.database.write(organization.id, async (tx) => {
    const id = await createAccount(tx.db, tx.keyring, { name: address.split('@')[0]!, address }, password)
    await addMember(tx, id, roles)
    return id
  })

  before(async () => {
    w = await world()
    provider = await scriptedProvider()
    app = createWeb({ database: w.database, modules, operations, privateNetwork: true, log: { error: console.error } })
    const accountId = await newMember('ada@example.org', ['admin'])
    admin = { kind: 'member', accountId, personName: 'Ada', roles: ['admin'], confirmed: true }
    await configure({ trusts_second_factor: true, client_secret: scriptedClient.client_secret })
    await prove('example.org')
  })
  after(async () => {
    await provider.close()
    await w.close()
  })
  beforeEach(() => { provider.claims = {}; provider.metadata = {} })

  function configure(more: { trusts_second_factor?: boolean; client_secret?: string }) {
    w.clock.advance({ seconds: 1 })
    return w.as(admin).run(configureProvider, { name: 'Example login', issuer: provider.issuer, client_id: scriptedClient.client_id, ...more })
  }

  async function prove(domain: string, there = true) {
    const known = (await w.as(admin).ask(readSingleSignOn, {})).domains.find((one) => one.domain === domain)
    const record = known?.record ?? (await w.as(admin).run(claimDomain, { domain })).record
    await lookAtDomains(w.database, w.organization.id, { kind: 'system', job: 'test' }, async (name) => there && name === record.name ? [[record.text]] : [])
  }

  const url = (path: string, slug = w.organization.slug) => `http://avow.test/o/${slug}${path}`
  const cookieOf = (response: Response, name: string) =>
    response.headers.getSetCookie().map((one) => one.split(';')[0]!).find((one) => one.startsWith(`${name}=`)) ?? ''

  /** Goes to the provider, which says `claims`, and comes back; `returned` changes what the browser brings back. */
  async function visit(claims: Record<string, unknown>, returned: Record<string, string> = {}, to = '/desk/policies') {
    const gone = await app.request(url(`/sign-in/provider/go?to=${encodeURIComponent(to)}`))
    const address = new URL(gone.headers.get('location') ?? 'about:blank')
    provider.claims = { nonce: address.searchParams.get('nonce'), ...claims }
    const query = new URLSearchParams({ code: 'c', state: address.searchParams.get('state') ?? '', iss: provider.issuer, ...returned })
    const back = await app.request(url(`/sign-in/provider/callback?${query}`), { headers: { cookie: cookieOf(gone, 'avow-provider-visit') } })
    return { gone, address, back, text: await back.clone().text(), session: cookieOf(back, 'avow-session') }
  }

  const grace = () => ({ sub: newSubject(), email: `grace-${newSubject().toLowerCase()}@example.org`, email_verified: true, name: 'Grace Okoro' })

  it('goes to the provider with state, nonce, a PKCE challenge and the exact address to come back to', async () => {
    const { gone, address } = await visit({})
    assert.equal(gone.status, 303)
    assert.equal(address.origin + address.pathname, `${provider.issuer}/authorize`)
    const { searchParams } = address
    assert.equal(searchParams.get('redirect_uri'), url('/sign-in/provider/callback'))
    assert.equal(searchParams.get('code_challenge_method'), 'S256')
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok((searchParams.get(name) ?? '').length >= 43, name)
  })

  it('lets in whoever is in the domain, once it is said what they may do, and makes them a member', async () => {
    const person = grace()
    const before = await visit(person)
    assert.equal(before.back.status, 422)
    assert.match(before.text, /Nobody has said yet what you may do here/)
    await w.as(admin).run(setGroupRoles, { roles: ['member'] })
    const { back, session } = await visit(person)
    assert.equal(back.status, 303)
    assert.equal(back.headers.get('location'), `/o/${w.organization.slug}/desk/policies`)
    assert.equal((await app.request(url('/desk/policies'), { headers: { cookie: session } })).status, 200)
    const [asked, authorization] = [provider.asked.at(-1)!, provider.authorizations.at(-1)!]
    assert.ok((asked.get('code_verifier') ?? '').length >= 43)
    const client = Buffer.from(authorization?.split(' ')[1] ?? '', 'base64').toString()
    assert.equal(decodeURIComponent(client), `${scriptedClient.client_id}:${scriptedClient.client_secret}`)
  })

  it('opens that organisation alone, also to somebody who is in two', async () => {
    const person = grace()
    const account = await newMember(person.email, ['admin'], w.other)
    const { session } = await visit(person)
    assert.equal((await app.request(url('/desk/policies'), { headers: { cookie: session } })).status, 200)
    assert.equal((await app.request(url('/desk/policies', w.other.slug), { headers: { cookie: session } })).status, 401)
    const own = await startSession(w.database.global, account, { methods: ['password'] })
    assert.equal((await app.request(url('/desk/policies', w.other.slug), { headers: { cookie: `avow-session=${own}` } })).status, 200)
  })

  it('gives roles by groups, and takes them with the groups', async () => {
    await w.as(admin).run(setGroupRoles, { group: 'Triage', roles: ['triager'] })
    const person = { ...grace(), groups: ['triage', 'elsewhere'] }
    const token = (await visit(person)).session.split('=')[1]!
    const { account } = (await findSession(w.database.global, token))!
    assert.deepEqual(await w.read((tx) => rolesOf(tx, account.id)), ['member', 'triager'])
    await visit({ ...person, groups: [] })
    assert.deepEqual(await w.read((tx) => rolesOf(tx, account.id)), ['member'])
  })

  it('leaves the roles that were given at the desk', async () => {
    const person = grace()
    const account = await newMember(person.email, ['auditor'])
    assert.equal((await visit({ ...person, groups: ['triage'] })).back.status, 303)
    assert.deepEqual(await w.read((tx) => rolesOf(tx, account)), ['auditor'])
  })

  it('ends a membership that the provider made when no group gives it a role any more', async () => {
    await w.as(admin).run(setGroupRoles, { roles: [] })
    const person = { ...grace(), groups: ['triage'] }
    const token = (await visit(person)).session.split('=')[1]!
    const { account } = (await findSession(w.database.global, token))!
    const { back, text } = await visit({ ...person, groups: [] })
    assert.equal(back.status, 422)
    assert.match(text, /Nobody has said yet/)
    assert.equal(await w.read((tx) => rolesOf(tx, account.id)), null)
    assert.equal(await findSession(w.database.global, token), null)
    assert.match((await visit(person)).text, /Your access here has ended/)
    await w.as(admin).run(setGroupRoles, { roles: ['member'] })
  })

  describe('refuses', () => {
    const refused = async (claims: Record<string, unknown>, words: RegExp, returned?: Record<string, string>) => {
      const { back, text, session } = await visit({ ...grace(), ...claims }, returned)
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
      assert.doesNotMatch((await visit(grace(), { error: 'server_error', error_description: 'Call 555-0100' })).text, /555/)
    })
    it('a token that another key has signed', async () => {
      const own = provider.signing
      provider.signing = foreignKey()
      try { await refused({}, forged) } finally { provider.signing = own }
    })
    it('an answer that did not begin in this browser', async () => {
      const { address } = await visit(grace())
      const query = new URLSearchParams({ code: 'c', state: address.searchParams.get('state')!, iss: provider.issuer })
      const back = await app.request(url(`/sign-in/provider/callback?${query}`))
      assert.equal(back.status, 422)
      assert.match(await back.text(), /did not begin in this browser/)
    })
    it('another subject with the address of somebody who is linked already', async () => {
      const person = grace()
      assert.equal((await visit(person)).back.status, 303)
      await refused({ email: person.email }, /belonged to somebody else/)
    })
    it('a discovery document of another issuer', async () => {
      provider.metadata = { issuer: 'https://elsewhere.example' }
      await configure({ trusts_second_factor: true })
      const gone = await app.request(url('/sign-in/provider/go'))
      assert.equal(gone.status, 422)
      assert.match(await gone.text(), /does not answer as it should/)
    })
    it('a provider inside the network unless the operator allows it', async () => {
      const outside = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
      await configure({ trusts_second_factor: true })
      assert.equal((await outside.request(url('/sign-in/provider/go'))).status, 422)
    })
  })

  it('takes the provider’s word for the second factor only where that was said', async () => {
    const sessionAfter = async (claims: object) => (await findSession(w.database.global, (await visit({ ...grace(), ...claims })).session.split('=')[1]!))!
    const now = Math.floor(Date.now() / 1000)
    const just = await sessionAfter({ amr: ['pwd', 'mfa'], auth_time: now })
    assert.deepEqual([just.secondFactorShown, just.confirmed], [true, true])
    for (const auth_time of [now - 3600, undefined]) {
      const earlier = await sessionAfter({ amr: ['pwd', 'mfa'], auth_time })
      assert.deepEqual([earlier.secondFactorShown, earlier.confirmed], [true, false], 'what is dangerous asks for one that was shown minutes ago')
    }
    assert.equal((await sessionAfter({ amr: ['pwd'], auth_time: now })).secondFactorShown, false)
    await configure({})
    assert.equal((await sessionAfter({ amr: ['mfa'], auth_time: now })).secondFactorShown, false)
  })

  it('believes nobody of a domain whose proof was lost', async () => {
    const person = grace()
    assert.equal((await visit(person)).back.status, 303)
    await prove('example.org', false)
    assert.equal((await visit(person)).back.status, 303, 'a missing record may be a slip')
    w.clock.advance({ hours: 7 * 24 + 1 })
    await prove('example.org', false)
    assert.match((await visit(person)).text, /cannot speak for your mail address/)
    await prove('example.org')
    assert.equal((await visit(person)).back.status, 303)
  })

  it('is required only where somebody can still enter without it, and then a password opens nothing', async () => {
    const require = () => w.as(admin).run(requireSingleSignOn, { domain: 'example.org', required: true })
    await assert.rejects(require(), { code: 'exception_missing' })
    await w.as(admin).run(nameException, { person: admin.accountId })
    await require()
    const other = { id: await newMember('mary@example.org', ['admin']), address: 'mary@example.org' }
    const at = async (id: string) => {
      const cookie = `avow-session=${await startSession(w.database.global, id, { methods: ['password', 'totp'], confirmed: true })}`
      return (await app.request(url('/desk/policies'), { headers: { cookie } })).status
    }
    assert.equal(await at(other.id), 401)
    assert.equal(await at(admin.accountId), 200)
    assert.equal(await mayUsePassword(w.database, w.organization.id, other), false)
    assert.equal(await mayUsePassword(w.database, w.organization.id, { id: admin.accountId, address: 'ada@example.org' }), true)
    const [known, unknown] = await Promise.all(['mary@example.org', 'nobody@EXAMPLE.ORG'].map((address) => ssoFor(w.database, w.organization.id, address)))
    assert.deepEqual(known, unknown)
    assert.equal(known?.required, true)
    assert.equal((await ssoFor(w.database, w.organization.id, 'mary@elsewhere.example'))?.required, false)
  })

  it('never shows the secret again, and never stores it as it is', async () => {
    assert.doesNotMatch(JSON.stringify(await w.as(admin).ask(readSingleSignOn, {})), /not-really-a-secret/)
    const row = await w.read((tx) => tx.db.selectFrom('sign_in_providers').selectAll().executeTakeFirstOrThrow())
    assert.ok(!row.secret_box.includes('not-really-a-secret'))
  })
})
