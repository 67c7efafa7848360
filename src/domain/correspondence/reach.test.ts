import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { generateKey, readKey } from 'openpgp'
import { listMails } from '../../mail/index.ts'
import { stageAttachment } from '../../seal/attachments.ts'
import { world, type World } from '../../../test/support/world.ts'
import { Invalid } from '../../lib/errors.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { readReport } from '../reports/read-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { changeAddress, confirmAddress } from './change-address.ts'
import './index.ts'
import { openReportLink } from './open-link.ts'
import { changeKey, readReach, removeAddress } from './reach.ts'
import { newReportLink } from './report-links.ts'

describe('how a reporter is reached', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const begun = async (more: object = {}) => {
    const { report } = await w.as('nobody').run(submitReport, { title: 'T', description: 'D', steps: 'S', good_faith: true, ...more })
    return { report, reporter: w.as({ kind: 'reporter', reportId: report }) }
  }
  const made = async (how: object = {}) => (await generateKey({
    type: 'ecc', userIDs: [{ name: 'Ada' }], date: new Date(w.clock.now().epochMilliseconds), format: 'armored', ...how,
  })).publicKey
  const staged = async (content: string | Uint8Array) =>
    (await stageAttachment(w.database, w.organization.id, { name: 'key', type: 'application/pgp-keys' }, [Buffer.from(content)] as never)).id
  const lettersTo = (to: string) => w.read(async (tx) => (await listMails(tx, 1000)).filter(({ address }) => address === to))
  const letters = () => lettersTo('ada@lovelace.example')
  const linkTo = async (to: string) => {
    const { body } = (await lettersTo(to)).find(({ subject }) => subject === 'confirm this address')!
    return /\/track\/address\/([\w-]+)/.exec(body)![1]!
  }
  const confirm = (token: string) => w.as('nobody').run(confirmAddress, { token })

  it('is a key that they give, pasted or as a file, also where nobody knew who they are', async () => {
    const { report, reporter } = await begun()
    const { fingerprint } = await reporter.run(changeKey, { report, key: await made() })
    assert.equal((await reporter.ask(readReach, { report })).key!.fingerprint, fingerprint)
    const other = await begun()
    await other.reporter.run(changeKey, { report: other.report, key_file: await staged(await made()) })
  })

  it('is a key file that is not armored, too: on their page, and with the report', async () => {
    const { report, reporter } = await begun()
    const key = (await readKey({ armoredKey: await made() })).write()
    const { fingerprint } = await reporter.run(changeKey, { report, key_file: await staged(key) })
    const other = await begun({ claim_key_file: await staged(key) })
    assert.equal((await other.reporter.ask(readReach, { report: other.report })).key!.fingerprint, fingerprint)
    const wrong = async (content: Uint8Array, words: RegExp) => assert.rejects(
      async () => reporter.run(changeKey, { report, key_file: await staged(content), replaces: fingerprint }),
      (error: { fields: { key: string } }) => words.test(error.fields.key))
    await wrong(key.slice(0, 40), /no OpenPGP key/)
    await wrong((await generateKey({ type: 'ecc', userIDs: [{ name: 'Ada' }], format: 'binary' })).privateKey, /your private key/)
  })

  it('is never another key unseen, and a letter without content tells of it', async () => {
    const { report, reporter } = await begun({ email: 'ada@lovelace.example', claim_key: await made() })
    const { key } = await reporter.ask(readReach, { report })
    await assert.rejects(reporter.run(changeKey, { report, key: await made() }), { code: 'key_in_use' })
    await reporter.run(changeKey, { report, key: await made(), replaces: key!.fingerprint })
    assert.equal((await letters()).filter(({ subject }) => subject.endsWith('your OpenPGP key was changed')).length, 1)
  })

  it('is refused in words where a key is of no use', async () => {
    const { report, reporter } = await begun()
    const expired = await made({ keyExpirationTime: 60 })
    w.clock.advance({ hours: 2 })
    await assert.rejects(reporter.run(changeKey, { report, key: expired }), (error: { fields: { key: string } }) => /expired/.test(error.fields.key))
    await assert.rejects(reporter.run(changeKey, { report, key: 'no key' }), (error: { fields: { key: string } }) => /no OpenPGP key/.test(error.fields.key))
    const other = await begun()
    await assert.rejects(other.reporter.run(changeKey, { report, key: await made() }))
  })

  it('is another address once its holder has opened the link that was mailed there, and the one before is told', async () => {
    const { report, reporter } = await begun({ email: 'ada@lovelace.example', title: 'Capybara' })
    const { reference } = await w.as('triager').ask(readReport, { report })
    await reporter.run(changeAddress, { report, email: 'countess@lovelace.example' })
    const reach = () => reporter.ask(readReach, { report })
    assert.deepEqual([(await reach()).email, (await reach()).waiting?.email], ['ada@lovelace.example', 'countess@lovelace.example'])
    const [letter] = await lettersTo('countess@lovelace.example')
    for (const secret of [reference, 'Capybara', report]) assert.ok(!`${letter!.subject}\n${letter!.body}`.includes(secret), secret)
    assert.equal(letter!.thread, null)
    const token = await linkTo('countess@lovelace.example')
    await confirm(token)
    assert.deepEqual([(await reach()).email, (await reach()).waiting], ['countess@lovelace.example', null])
    assert.equal((await letters()).filter(({ subject }) => subject === `${reference}: your mail address was changed`).length, 1)
    assert.equal((await lettersTo('countess@lovelace.example')).length, 1)
    await assert.rejects(confirm(token), { code: 'not_found' })
    await assert.rejects(reporter.run(changeAddress, { report, email: 'countess@lovelace.example' }), Invalid)
  })

  it('is an address of whoever gave none before, under a key that goes when they are erased', async () => {
    const { report, reporter } = await begun()
    await reporter.run(changeAddress, { report, email: 'nobody@lovelace.example' })
    assert.equal((await w.as('triager').ask(readReport, { report })).reporter?.email ?? '', '')
    await confirm(await linkTo('nobody@lovelace.example'))
    assert.equal((await reporter.ask(readReach, { report })).email, 'nobody@lovelace.example')
    await reporter.run(changeAddress, { report, email: 'other@lovelace.example' })
    const token = await linkTo('other@lovelace.example')
    await w.as('admin').run(eraseReport, { report, what: 'identity' })
    await assert.rejects(confirm(token), { code: 'not_found' })
  })

  it('is no address by a link that is old, that another took the place of, or whose reporter wants no mail any more', async () => {
    const { report, reporter } = await begun({ email: 'ada@lovelace.example' })
    const asked = async (email: string) => {
      await reporter.run(changeAddress, { report, email })
      return linkTo(email)
    }
    const first = await asked('first@lovelace.example')
    const second = await asked('second@lovelace.example')
    await assert.rejects(confirm(first), { code: 'not_found' })
    w.clock.advance({ hours: 25 })
    await assert.rejects(confirm(second), { code: 'not_found' })
    const third = await asked('third@lovelace.example')
    await reporter.run(removeAddress, { report })
    await assert.rejects(confirm(third), { code: 'not_found' })
    await assert.rejects(confirm('0'.repeat(43)), { code: 'not_found' })
  })

  it('fills nobody’s mailbox: three links an hour, from one report or to one address', async () => {
    const { report, reporter } = await begun()
    for (const n of [1, 2, 3]) await reporter.run(changeAddress, { report, email: `many${n}@lovelace.example` })
    await assert.rejects(reporter.run(changeAddress, { report, email: 'many4@lovelace.example' }), { code: 'addresses_enough' })
    for (const _ of [1, 2, 3]) {
      const other = await begun()
      await other.reporter.run(changeAddress, { report: other.report, email: 'victim@lovelace.example' })
    }
    const another = await begun()
    await assert.rejects(another.reporter.run(changeAddress, { report: another.report, email: 'Victim@lovelace.example' }), { code: 'addresses_enough' })
  })

  it('is no address any more where they reported by mail, and what lies in that mailbox opens nothing', async () => {
    const { report, reporter } = await begun({ email: 'ada@lovelace.example' })
    const path = await w.write((tx) => newReportLink(tx, report))
    await reporter.run(removeAddress, { report })
    await assert.rejects(w.as('nobody').run(openReportLink, { token: path.split('/').at(-1)! }), { code: 'link_over' })
  })

  it('is nobody any more when they take their address back, or are erased', async () => {
    const { report, reporter } = await begun({ email: 'ada@lovelace.example' })
    await reporter.run(removeAddress, { report })
    assert.equal((await reporter.ask(readReach, { report })).email, '')
    assert.ok((await letters()).some(({ subject }) => subject.endsWith('this address was removed')))
    await reporter.run(changeKey, { report, key: await made() })
    await w.as('admin').run(eraseReport, { report, what: 'identity' })
    assert.equal((await reporter.ask(readReach, { report })).key, null)
    await assert.rejects(reporter.run(changeKey, { report, key: await made() }), { code: 'reporter_erased' })
  })
})
