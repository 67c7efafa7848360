import assert from 'node:assert/strict'
import { hash } from '@node-rs/argon2'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createAccount, findAccount } from '../../../access/accounts.ts'
import { addMember } from '../../../access/memberships.ts'
import { hashPassword, isStrongHash } from '../../../access/passwords.ts'
import { listMails } from '../../../mail/index.ts'
import { registry } from '../../../verbs/registry.ts'
import { createWeb } from '../../../web/server.ts'
import { cookieBrowser, type CookieBrowser } from '../../../../test/support/cookie-browser.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { accounts } from '../index.ts'
import { answerMailRequestJob } from './ask-for-mail.ts'

const good = 'lamp kettle orbit fjord'
const better = 'walnut harbour tin violin'

describe('passwords', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  let n = 0
  let ada: { id: string; address: string }
  before(async () => {
    w = await world()
    app = createWeb({ database: w.database, modules: accounts, operations: registry(accounts, () => true), log: { error: (...args) => console.error(args) } })
  })
  beforeEach(async () => { ada = await member() })
  after(() => w.close())

  const browser = (slug = w.organization.slug) => cookieBrowser({ app, slug })
  const db = () => w.database.global
  const account = async (address: string) => (await findAccount(db(), w.keyring, address))!

  async function member(): Promise<{ id: string; address: string }> {
    const address = `member-${n += 1}@example.org`
    const id = await createAccount(db(), w.keyring, { name: 'Ada', address }, good, { judged: true })
    await w.write((tx) => addMember(tx, id, ['triager']))
    return { id, address }
  }

  async function signedIn(address: string, password = good): Promise<CookieBrowser> {
    const one = browser()
    await one.submit('/sign-in', '/sign-in', { address, password })
    return one
  }
  const isIn = async (one: CookieBrowser) => (await one.go('/me/password')).status === 200

  /** Does what waits, as the worker would, and answers the mails that came of it. */
  async function mailed(): Promise<{ address: string | null; subject: string; body: string; path: string }[]> {
    const before = new Set((await w.read((tx) => listMails(tx))).map(({ id }) => id))
    const actor = { kind: 'system', job: answerMailRequestJob.name } as const
    const waiting = await w.read((tx) => tx.db.selectFrom('mail_requests').select('id').execute())
    for (const { id } of waiting) {
      await answerMailRequestJob.run({ database: w.database, organizationId: w.organization.id, actor, signal: new AbortController().signal }, { request: id })
    }
    const mails = (await w.read((tx) => listMails(tx))).filter(({ id }) => !before.has(id))
    return mails.map(({ address, subject, body }) => ({ address, subject, body, path: /\{link:([^}]+)\}/.exec(body)![1]! }))
  }

  async function resetLink(address = ada.address): Promise<string> {
    await browser().submit('/sign-in/forgotten', '/sign-in/forgotten', { address })
    return (await mailed())[0]!.path
  }

  describe('a forgotten one', () => {
    const ask = async (address: string) => {
      const response = await browser().submit('/sign-in/forgotten', '/sign-in/forgotten', { address })
      return { status: response.status, text: (await response.text()).replaceAll(address, 'ADDRESS').replaceAll(/value="[^"]{40,}"/g, '') }
    }

    it('is answered alike whether or not there is an account, and looked up only later', async () => {
      assert.deepEqual(await ask(ada.address), await ask('nobody@example.org'))
      assert.equal((await w.read((tx) => tx.db.selectFrom('mail_requests').select('id').execute())).length, 2)
      const mails = await mailed()
      assert.deepEqual(mails.map(({ address }) => address), [ada.address])
      assert.doesNotMatch(mails[0]!.subject + mails[0]!.body, /Ada|member-/)
    })

    it('sends three mails an hour to one address, and drops the fourth without a word', async () => {
      const answers = []
      for (let i = 0; i < 4; i += 1) answers.push(await ask(ada.address))
      assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
      assert.equal((await mailed()).length, 3)
    })

    it('asks for an address where none was entered, and keeps what was', async () => {
      const { status, text } = await ask('not an address')
      assert.equal(status, 422)
      assert.match(text, /Enter your mail address/)
      assert.match(text, /value="ADDRESS"/)
    })

    it('keeps no address in plain while it waits', async () => {
      await ask('zebrafinch@example.org')
      const rows = await w.read((tx) => tx.db.selectFrom('mail_requests').selectAll().execute())
      assert.ok(rows.every((row) => !row.address_box.includes('zebrafinch')))
      await mailed()
    })
  })

  describe('a link to reset it', () => {
    const changes = async () => (await w.read((tx) => tx.db.selectFrom('entries').select('id').where('kind', '=', 'person.password-changed').execute())).length

    it('is not used up by being opened, nor by a password that is refused, and works once', async () => {
      const link = await resetLink()
      for (let i = 0; i < 3; i += 1) assert.equal((await browser().go(link)).status, 200)
      const refused = await browser().submit(link, link, { password: 'dragondragondragon' })
      assert.equal(refused.status, 422)
      assert.match(await refused.text(), /guessed too soon/)
      assert.equal((await browser().submit(link, link, { password: better })).status, 303)
      assert.equal((await browser().go(link)).status, 404)
      assert.equal((await browser().submit('/sign-in', link, { password: 'another one of four words' })).status, 404)
      assert.ok(await isIn(await signedIn(ada.address, better)))
      assert.ok(!await isIn(await signedIn(ada.address, good)))
    })

    it('ends every session, signs nobody in, writes an entry and tells the person', async () => {
      const before = await changes()
      const elsewhere = await signedIn(ada.address)
      const link = await resetLink()
      const visitor = browser()
      await visitor.submit(link, link, { password: better })
      assert.ok(!await isIn(elsewhere) && !await isIn(visitor))
      assert.equal(await changes(), before + 1)
      assert.ok((await w.read((tx) => listMails(tx))).some(({ subject, address }) => subject === 'Your password was changed' && address === ada.address))
    })

    it('takes no place of the second factor', async () => {
      await db().insertInto('passkeys').values(passkeyOf(ada.id)).execute()
      const link = await resetLink()
      await browser().submit(link, link, { password: better })
      const one = browser()
      const response = await one.submit('/sign-in', '/sign-in', { address: ada.address, password: better })
      assert.match(response.headers.get('location')!, /\/sign-in\/second-factor/)
      assert.ok(!await isIn(one))
    })

    it('is worth nothing once the password was changed by another one, or the account was closed', async () => {
      const [first, second] = [await resetLink(), await resetLink()]
      await browser().submit(second, second, { password: better })
      assert.equal((await browser().go(first)).status, 404)
      const third = await resetLink()
      await db().updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', ada.id).execute()
      assert.equal((await browser().go(third)).status, 404)
      assert.equal((await browser().submit('/sign-in', third, { password: good })).status, 404)
    })

    it('is good for half an hour, in the organisation that mailed it', async () => {
      const link = await resetLink()
      assert.equal((await browser(w.other.slug).go(link)).status, 404)
      await w.write((tx) => tx.db.updateTable('mail_links').set({ expires_at: new Date() }).execute())
      assert.equal((await browser().go(link)).status, 404)
    })

    it('is used by one of two who come at once', async () => {
      const link = await resetLink()
      const both = await Promise.all([better, 'marble turnip lantern quay'].map((password) => browser().submit(link, link, { password })))
      assert.deepEqual(both.map(({ status }) => status).toSorted(), [303, 404])
    })
  })

  describe('a changed one', () => {
    it('takes the one that is, keeps this browser and signs out every other', async () => {
      const [here, elsewhere] = [await signedIn(ada.address), await signedIn(ada.address)]
      const wrong = await here.submit('/me/password', '/me/password', { current: 'not this one at all', password: better })
      assert.equal(wrong.status, 422)
      assert.match(await wrong.text(), /This is not the password that you have now/)
      assert.equal((await here.submit('/me/password', '/me/password', { current: good, password: good })).status, 422)
      assert.equal((await here.submit('/me/password', '/me/password', { current: good, password: better })).status, 303)
      assert.ok(await isIn(here))
      assert.ok(!await isIn(elsewhere))
    })

    it('is for whoever is signed in', async () => {
      assert.equal((await browser().go('/me/password')).status, 401)
      assert.equal((await browser().submit('/sign-in', '/me/password', { current: good, password: better })).status, 401)
    })
  })

  describe('at sign-in', () => {
    const store = (stored: object) => db().updateTable('accounts').set(stored).where('id', '=', ada.id).execute()

    it('is hashed anew where its hash is weaker than today’s, and judged where it was not yet', async () => {
      await store({ password_hash: await hash(good, { memoryCost: 8192, timeCost: 1, parallelism: 1 }), password_rules: null })
      assert.ok(await isIn(await signedIn(ada.address)))
      const { password_hash, password_rules } = await account(ada.address)
      assert.ok(isStrongHash(password_hash!) && password_rules === 1)
    })

    it('opens once more, with a word of warning, where it would not be taken today', async () => {
      await store({ password_hash: await hashPassword('password'), password_rules: null })
      const one = await signedIn(ada.address, 'password')
      assert.match(await (await one.go('/me/password')).text(), /choose a better password soon/)
      assert.equal((await account(ada.address)).password_rules, null)
    })

    it('fails in the same words for a wrong one, an unknown address and a closed account, and keeps the address in the form', async () => {
      const closed = await member()
      await db().updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', closed.id).execute()
      const told = await Promise.all([[ada.address, 'wrong'], ['nobody@example.org', good], [closed.address, good]].map(async ([address, password]) => {
        const response = await browser().submit('/sign-in', '/sign-in', { address: address!, password: password! })
        const text = await response.text()
        assert.ok(text.includes(`value="${address}"`))
        assert.ok(!text.includes(password!))
        return { status: response.status, text: text.replaceAll(address!, 'ADDRESS').replaceAll(/value="[^"]{40,}"/g, '') }
      }))
      assert.deepEqual(told[1], told[0])
      assert.deepEqual(told[2], told[0])
      assert.equal(told[0]!.status, 422)
    })
  })

  describe('an account of one’s own', () => {
    const ask = (address: string) => browser().submit('/account/new', '/account/new', { address })

    it('is made by a link, opens nothing of the desk, and is answered alike for an address that has one', async () => {
      const [fresh, known] = [await ask('rahel@example.net'), await ask(ada.address)]
      assert.equal((await fresh.text()).replaceAll('rahel@example.net', ''), (await known.text()).replaceAll(ada.address, ''))
      const mails = await mailed()
      assert.match(mails.find(({ address }) => address === ada.address)!.subject, /already/)
      const { path } = mails.find(({ address }) => address === 'rahel@example.net')!
      const rahel = browser()
      const refused = await rahel.submit(path, path, { name: 'Rahel', password: 'rahel@example.net' })
      assert.equal(refused.status, 422)
      assert.match(await refused.text(), /value="Rahel"/)
      const made = await rahel.submit(path, path, { name: 'Rahel', password: good })
      assert.equal(made.headers.get('location'), `/o/${w.organization.slug}/me/reports`)
      assert.ok(await isIn(rahel))
      assert.equal((await rahel.go('/desk/members')).status, 401)
      assert.equal((await browser().go(path)).status, 404)
    })
  })
})

const passkeyOf = (account_id: string) => ({
  id: account_id, account_id, credential_id: Buffer.from(account_id), public_key: Buffer.alloc(77), sign_count: 0, transports: [], rp_id: 'avow.test',
  synced: false, name_box: Buffer.alloc(40), created_at: new Date(), used_at: null,
})
