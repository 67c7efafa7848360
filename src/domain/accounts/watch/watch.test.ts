import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { createAccount } from '../../../access/accounts.ts'
import { addMember } from '../../../access/memberships.ts'
import { listAlerts } from '../../../access/alerts.ts'
import { sequenceAll } from '../../../ledger/index.ts'
import { listMails } from '../../../mail/index.ts'
import { registry } from '../../../verbs/registry.ts'
import { createWeb } from '../../../web/server.ts'
import { wayfarer, type Wayfarer } from '../../../../test/support/wayfarer.ts'
import { workThrough } from '../../../../test/support/working.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { accounts } from '../index.ts'
import { watchJobs } from './jobs.ts'
import { listNoticed } from './list-noticed.ts'

const password = 'four words are better'
const home = '192.0.2.1'

describe('the watch over sign-ins', () => {
  let w: World
  let app: ReturnType<typeof createWeb>
  let count = 0
  before(async () => {
    w = await world()
    const log = { error: (...args: unknown[]) => console.error(...args) }
    app = createWeb({ database: w.database, modules: accounts, operations: registry(accounts, () => true), log, trustProxy: true })
  })
  beforeEach(async () => {
    await sql`delete from attempts`.execute(w.database.global)
  })
  after(() => w.close())

  /** Somebody of the team, with an address and a password. */
  async function person(): Promise<{ id: string; address: string }> {
    const address = `person${count += 1}@example.org`
    const id = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: `Person ${count}`, address }, password)
      await addMember(tx, id, ['admin'])
      return id
    })
    return { id, address }
  }

  const browser = (network = home): Wayfarer => wayfarer(app, w.organization.slug, network)
  const signIn = (who: Wayfarer, address: string, given = password) => {
    w.clock.advance({ minutes: 1 })
    return who.submit('/sign-in', '/sign-in', { address, password: given })
  }
  const guess = (address: string, network: string) => signIn(browser(network), address, 'wrong wrong wrong')
  /** Five are free; on a slow machine a second may pass, and a sixth with it. A tenth would take half a minute. */
  const assertFew = (answers: readonly string[]) => {
    const looked = answers.filter((text) => text.includes('do not belong together')).length
    assert.ok(looked >= 5 && looked < 10, `${looked} were looked at`)
  }
  const work = () => workThrough(w.database, watchJobs)
  const alertsOf = async (id: string) => (await listAlerts(w.database.global, id)).map(({ kind, answer }) => [kind, answer])
  const noticed = async () => (await w.as('admin').ask(listNoticed, {})).noticed
  const mailTo = async (address: string) => (await w.read((tx) => listMails(tx))).filter((mail) => mail.address === address && mail.subject === 'Was this you?')

  it('slows a stranger down after five guesses, by account and network, in the same words for an address without an account', async () => {
    const ada = await person()
    for (const address of [ada.address, 'nobody@example.org']) {
      const answers = []
      for (let i = 0; i < 12; i += 1) answers.push(await (await guess(address, home)).text())
      assertFew(answers)
      assert.ok(answers.some((text) => /Too many requests\. Try again in \d+ seconds/.test(text)))
    }
    assert.equal((await signIn(browser('192.0.2.2'), ada.address)).status, 303, 'another network is not slowed down by it')
  })

  it('lets as many guesses pass at once as one after the other', async () => {
    const ada = await person()
    const answers = await Promise.all(Array.from({ length: 30 }, async () => (await guess(ada.address, home)).text()))
    assertFew(answers)
  })

  it('lets the owner in from a known browser while everybody else has to wait', async () => {
    const ada = await person()
    const own = browser()
    assert.equal((await signIn(own, ada.address)).status, 303)
    for (let i = 0; i < 30; i += 1) await guess(ada.address, `198.51.100.${i}`)
    const strangers = await Promise.all([9, 10, 11].map(async (n) => (await guess(ada.address, `203.0.113.${n}`)).text()))
    assert.ok(strangers.some((text) => text.includes('Too many requests')))
    assert.equal((await signIn(own, ada.address)).status, 303)
  })

  it('notices guessing once a day, tells the owner and the administrators, and keeps no network', async () => {
    const ada = await person()
    for (let i = 0; i < 40; i += 1) await guess(ada.address, `198.51.100.${i % 4}`)
    await work()
    for (let i = 0; i < 40; i += 1) await guess(ada.address, `198.51.100.${i % 4}`)
    await work()
    assert.deepEqual(await alertsOf(ada.id), [['password-guessed', null]])
    assert.equal((await noticed()).filter(({ kind, person }) => kind === 'guessing.detected' && person === ada.id).length, 1)
    assert.equal((await mailTo(ada.address)).length, 1)
    const stored = await sql<{ text: string }>`select encode(key, 'escape') as text from attempts`.execute(w.database.global)
    for (const { text } of stored.rows) assert.doesNotMatch(text, /198\.51|person\d/)
  })

  it('notices spraying from one network, and a list from elsewhere from many', async () => {
    const known = await Promise.all(Array.from({ length: 16 }, person))
    for (const { address } of known) await guess(address, '203.0.113.50')
    for (let i = 0; i < 60; i += 1) await guess(`listed${i}@example.org`, `203.0.113.${100 + (i % 12)}`)
    await work()
    const kinds = (await noticed()).map(({ kind, facts }) => [kind, facts['networks'] === 1 ? 'one network' : 'many networks'])
    assert.ok(kinds.some(([kind, from]) => kind === 'spraying.detected' && from === 'one network'))
    assert.ok(kinds.some(([kind, from]) => kind === 'stuffing.detected' && from === 'many networks'))
  })

  it('asks the owner about a new browser, an impossible distance, and a success after many failures; not about the first time', async () => {
    const ada = await person()
    await signIn(browser('193.0.6.139'), ada.address)                       // the Netherlands
    await work()
    assert.deepEqual(await alertsOf(ada.id), [])
    const japan = '133.11.0.1'
    for (let i = 0; i < 5; i += 1) await guess(ada.address, '198.51.100.77')
    await signIn(browser(japan), ada.address)
    await work()
    assert.deepEqual(await alertsOf(ada.id), [['unusual-entry', null]])
    const kinds = (await noticed()).filter(({ person }) => person === ada.id).map(({ kind }) => kind)
    assert.deepEqual(kinds.toSorted(), ['impossible-distance.detected', 'new-device.detected', 'success-after-failures.detected'])
  })

  it('says nothing where somebody signs in as always', async () => {
    const ada = await person()
    const own = browser()
    for (let i = 0; i < 3; i += 1) await signIn(own, ada.address)
    await work()
    assert.deepEqual(await alertsOf(ada.id), [])
  })

  it('notices a closed account that is tried, and tells the administrators alone', async () => {
    const ada = await person()
    await w.database.global.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', ada.id).execute()
    for (let i = 0; i < 3; i += 1) await signIn(browser(), ada.address)
    await work()
    assert.deepEqual(await alertsOf(ada.id), [['closed-account', null]])
    assert.equal((await mailTo(ada.address)).length, 0)
  })

  it('ends sessions, password and known browsers on “it was not me”, by a link that works once and that looking does not use up', async () => {
    const ada = await person()
    const own = browser()
    await signIn(own, ada.address)
    const thief = browser('198.51.100.88')
    await signIn(thief, ada.address)
    await work()
    const [mail] = await mailTo(ada.address)
    const link = /\{link:(\/sign-in\/alerts\/[^}]+)\}/.exec(mail!.body)![1]!
    const anywhere = browser('192.0.2.99')
    for (let i = 0; i < 2; i += 1) assert.match(await (await anywhere.go(link)).text(), /Was this you\?/)
    const said = await anywhere.submit(link, link, { answer: 'not-me' })
    assert.match(await said.text(), /Nobody is signed in to your account now/)
    for (const who of [own, thief]) assert.equal((await who.go('/me/sessions')).status, 401)
    assert.equal((await signIn(own, ada.address)).status, 422)
    assert.equal((await anywhere.go(link)).status, 404)
    assert.deepEqual(await alertsOf(ada.id), [['unusual-entry', 'not-me']])
    await sequenceAll(w.database, w.organization.id)
  })

  it('changes nothing on “it was me”, and takes an answer only from the owner', async () => {
    const [ada, bo] = [await person(), await person()]
    await signIn(browser(), ada.address)
    const own = browser()
    await signIn(own, ada.address)
    const stranger = browser()
    await signIn(stranger, bo.address)
    await work()
    const [alert] = await listAlerts(w.database.global, ada.id)
    assert.equal((await stranger.submit('/me/sessions', `/me/alerts/${alert!.id}`, { answer: 'not-me' })).status, 404)
    assert.equal((await own.submit('/me/sessions', `/me/alerts/${alert!.id}`, { answer: 'me' })).status, 303)
    assert.deepEqual(await alertsOf(ada.id), [['unusual-entry', 'me']])
    assert.equal((await own.go('/me/sessions')).status, 200)
  })
})
