import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { modules } from '../../app.ts'
import { findKind } from '../../ledger/index.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { needs, pathOf } from '../../../test/support/needs.ts'
import { browser, type Visitor } from '../../../test/support/visitors.ts'
import { world, type World } from '../../../test/support/world.ts'
import { decrypted, openPgpKey } from './index.ts'
import { directoryName } from './directory.ts'

const address = 'Security@Example.org'

describe('the organisation’s OpenPGP key', () => {
  let w: World
  let visitor: Visitor
  before(async () => {
    w = await world({ clock: new Date().toISOString() })
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    const app = createWeb({ database: w.database, modules, operations, log: { error: console.error }, contactAddress: address })
    visitor = browser({ app, database: w.database, slug: w.organization.slug })
  })
  after(() => w.close())

  const bytes = async (path: string) => Buffer.from(await (await visitor.get(path)).arrayBuffer())

  it('is made once, however many ask at the same time, and stands in the ledger', async () => {
    const owner = { name: 'Organization 1', address }
    const asked = await Promise.all([1, 2, 3, 4].map(() => openPgpKey(w.database, w.organization.id, owner)))
    assert.equal(new Set(asked.map(({ fingerprint }) => fingerprint)).size, 1)
    const made = await w.read((tx) => tx.db.selectFrom('entries').select('facts').where('kind', '=', 'openpgp.key-made').execute())
    assert.equal(made.length, 1)
    assert.ok(made[0]!.facts.toString().includes(asked[0]!.fingerprint))
  })

  it('keeps its fingerprint when the organisation changes its name or its address', async () => {
    const owner = { name: 'Organization 1', address }
    const before = await openPgpKey(w.database, w.organization.id, owner)
    const renamed = await openPgpKey(w.database, w.organization.id, { name: 'Another <name>', address: 'other@example.org' })
    assert.deepEqual([renamed.fingerprint, renamed.userId], [before.fingerprint, 'Another name <other@example.org>'])
    await openPgpKey(w.database, w.organization.id, owner)
  })

  it('is another one in another organisation', async () => {
    const ours = await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address })
    const theirs = await openPgpKey(w.database, w.other.id, { name: 'Organization 2' })
    assert.notEqual(theirs.fingerprint, ours.fingerprint)
    assert.equal(theirs.userId, 'Organization 2')
  })

  it('is found by the mail address alone, under the name that the draft’s own example gives', async () => {
    assert.equal(directoryName('Joe.Doe@Example.ORG'), 'iy9q119eutrkn8s1mk4r39qejnbu3n5q')
    const name = directoryName(address)
    const key = await bytes(`/.well-known/openpgpkey/hu/${name}?l=Security`)
    assert.deepEqual(await bytes(`/.well-known/openpgpkey/example.org/hu/${name}?l=Security`), key)
    assert.equal((await visitor.get(`/.well-known/openpgpkey/example.net/hu/${name}`)).status, 404)
    assert.equal((await visitor.get(`/.well-known/openpgpkey/hu/${directoryName('other@example.org')}`)).status, 404)
    for (const policy of ['policy', 'example.org/policy']) assert.equal((await visitor.get(`/.well-known/openpgpkey/${policy}`)).status, 200)
  })

  it('refuses what is no message to it', async () => {
    const damaged = Buffer.from('-----BEGIN PGP MESSAGE-----\n\nyv8=\n-----END PGP MESSAGE-----\n')
    await assert.rejects(w.read((tx) => decrypted(tx, damaged)), { code: 'not_for_this_key' })
  })

  describe('as GnuPG sees it', { skip: needs('gpg') }, () => {
    const home = mkdtempSync(join(tmpdir(), 'avow-gpg-'))
    const gpg = (args: string[], input?: string | Buffer) =>
      execFileSync(pathOf('gpg'), ['--homedir', home, '--batch', '--no-autostart', '--trust-model', 'always', ...args], { input, stdio: 'pipe' })
    before(async () => void gpg(['--import'], await bytes('/openpgp-key.asc')))
    after(() => rmSync(home, { recursive: true }))

    it('is of the fingerprint that we say, bears the address, and has the name in the directory that GnuPG computes', async () => {
      const { fingerprint } = await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address })
      const listed = gpg(['--with-colons', '--with-wkd-hash', '--list-keys']).toString()
      assert.match(listed, new RegExp(`^fpr:+${fingerprint.toUpperCase()}:`, 'm'))
      assert.match(listed, /Organization 1 <Security@Example\.org>/)
      assert.match(gpg(['--with-wkd-hash', '--list-keys']).toString(), new RegExp(`${directoryName(address)}@example\\.org`, 'i'))
    })

    it('has signed security.txt, which tells where the key is and stays as readable as before', async () => {
      const text = (await bytes('/.well-known/security.txt')).toString()
      assert.match(text, /^Canonical: .*\/\.well-known\/security\.txt\r$/m)
      assert.match(text, /^Encryption: .*\/openpgp-key\.asc\r$/m)
      assert.match(text, /^Contact: mailto:Security@Example\.org\r$/m)
      assert.ok(!/[^\r]\n/.test(text))
      gpg(['--verify'], text)
      assert.throws(() => gpg(['--verify'], text.replace('Expires: 2', 'Expires: 3')), /BAD signature/)
      assert.equal(await (await visitor.get('/.well-known/security.txt')).text(), text)
    })

    it('opens what was encrypted to it, armored or not', async () => {
      for (const armor of [['--armor'], []]) {
        const sealed = gpg([...armor, '--encrypt', '--recipient', address], 'A hole, in confidence: ü')
        assert.equal((await w.read((tx) => decrypted(tx, sealed))).toString(), 'A hole, in confidence: ü')
      }
    })

    it('does not open what was changed on the way', async () => {
      const sealed = gpg(['--encrypt', '--recipient', address], 'A hole')
      sealed[sealed.length - 3]! ^= 1
      await assert.rejects(w.read((tx) => decrypted(tx, sealed)), { code: 'not_for_this_key' })
    })

    it('still verifies what it signed under its former name', async () => {
      const text = (await bytes('/.well-known/security.txt')).toString()
      const renamed = await openPgpKey(w.database, w.organization.id, { name: 'A new name', address })
      writeFileSync(join(home, 'renamed.gpg'), renamed.publicKey)
      gpg(['--import', join(home, 'renamed.gpg')])
      gpg(['--verify'], text)
    })
  })
})
