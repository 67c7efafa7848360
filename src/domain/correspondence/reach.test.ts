import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { generateKey } from 'openpgp'
import { listMails } from '../../mail/index.ts'
import { stageAttachment } from '../../seal/attachments.ts'
import { world, type World } from '../../../test/support/world.ts'
import { eraseReport } from '../reports/erase-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { changeKey, readReach, removeAddress } from './reach.ts'

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
  const letters = () => w.read(async (tx) => (await listMails(tx)).filter(({ address }) => address === 'ada@lovelace.example'))

  it('is a key that they give, pasted or as a file, also where nobody knew who they are', async () => {
    const { report, reporter } = await begun()
    const { fingerprint } = await reporter.run(changeKey, { report, key: await made() })
    assert.equal((await reporter.ask(readReach, { report })).key!.fingerprint, fingerprint)
    const other = await begun()
    const { id } = await stageAttachment(w.database, w.organization.id, { name: 'key.asc', type: 'text/plain' }, [Buffer.from(await made())] as never)
    await other.reporter.run(changeKey, { report: other.report, key_file: id })
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
