import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import PostalMime from 'postal-mime'
import { gnuPg, scratchFile, type GnuPg } from '../../../test/support/gnupg.ts'
import { needs } from '../../../test/support/needs.ts'
import { world, type World } from '../../../test/support/world.ts'
import { encryptedTo } from './encrypt-to.ts'
import { openIncoming, openingKeys } from './incoming.ts'
import { openPgpKey } from './openpgp-key.ts'
import { readerKey, whyNotEncrypted } from './reader-key.ts'
import { replaceOpenPgpKey } from './replace-key.ts'

const ours = 'security@example.org'
const ada = 'ada@researcher.example'
const words = 'A hole in the search box: ü'

const lines = (...all: string[]) => all.join('\r\n')
const fields = lines(`From: Ada <${ada}>`, `To: ${ours}`, 'Subject: A hole', 'Message-ID: <1@researcher.example>', 'MIME-Version: 1.0')
const plain = lines('Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', words, '')
const pgpMime = (armored: string | Buffer) => Buffer.from(lines(fields,
  'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";', ' boundary=b', '',
  '--b', 'Content-Type: application/pgp-encrypted', '', 'Version: 1', '', '--b', 'Content-Type: application/octet-stream', '', armored.toString(), '--b--', ''))
const signedMime = (signature: string | Buffer, covered = plain) => Buffer.from(lines(fields,
  'Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary="s"', '',
  '--s', covered, '--s', 'Content-Type: application/pgp-signature; name="signature.asc"', '', signature.toString(), '--s--', ''))
const inText = (text: string | Buffer) => Buffer.from(lines(fields, 'Content-Type: text/plain; charset=utf-8', '', text.toString()))

describe('a mail that may be encrypted, with GnuPG as the other side', { skip: needs('gpg') }, () => {
  let w: World
  let gpg: GnuPg
  const ourKeys: string[] = []
  before(async () => {
    w = await world({ clock: new Date().toISOString() })
    gpg = gnuPg()
    await learnOurs()
    for (const user of [ada, 'eve@mallory.example']) gpg.key(user)
  })
  after(async () => { gpg.close(); await w.close() })

  /** Their GnuPG knows our key in use. */
  async function learnOurs() {
    const { publicKey, fingerprint } = await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address: ours })
    gpg.import(publicKey)
    ourKeys.unshift(fingerprint)
  }
  const sealed = (text: string | Buffer, more: string[] = [], to = ourKeys[0]!) => gpg(['--armor', '--encrypt', '--recipient', to, ...more], text)
  const signature = (text: string, more: string[] = [], by = ada) => gpg(['--armor', '--detach-sign', '--local-user', by, ...more], text)
  const opened = async (raw: Buffer, known: string[] = [gpg.publicKey(ada)]) => {
    const { raw: mail, encryption, signature: by, keys } = await openIncoming(raw, await w.read((tx) => openingKeys(tx, known)))
    return { mail: await PostalMime.parse(mail), raw: mail, encryption: encryption.state, signature: by.state, keys, words: `${encryption.words} ${by.words}` }
  }

  it('is opened where it is PGP/MIME, and keeps its own fields', async () => {
    const { mail, encryption, signature: by } = await opened(pgpMime(sealed(plain)))
    assert.deepEqual([mail.text?.trim(), mail.subject, mail.messageId, encryption, by], [words, 'A hole', '<1@researcher.example>', 'encrypted', 'none'])
  })

  it('is opened with the files in it, and tells by whom it was signed', async () => {
    const inner = lines('Content-Type: multipart/mixed; boundary=m', '', '--m', plain, '--m', 'Content-Type: text/x-python; name="poc.py"',
      'Content-Disposition: attachment; filename="poc.py"', '', 'print(1)', '--m--', '')
    const { mail, encryption, signature: by } = await opened(pgpMime(sealed(inner, ['--sign', '--local-user', ada])))
    assert.deepEqual([mail.text?.trim(), mail.attachments[0]?.filename, encryption, by], [words, 'poc.py', 'encrypted', 'known'])
  })

  it('is opened where it was signed first and then encrypted', async () => {
    const inner = signedMime(signature(plain)).toString().split(/(?=Content-Type: multipart\/signed)/)[1]!
    const { mail, signature: by } = await opened(pgpMime(sealed(inner)))
    assert.deepEqual([mail.text?.trim(), by], [words, 'known'])
  })

  it('is judged where it is only signed: by the known key, by another, by one that came along, changed on the way', async () => {
    assert.equal((await opened(signedMime(signature(plain)))).signature, 'known')
    assert.equal((await opened(signedMime(signature(plain)).subarray(0), [])).signature, 'unknown')
    assert.equal((await opened(signedMime(signature(plain, [], 'eve@mallory.example')))).signature, 'unknown')
    assert.equal((await opened(signedMime(signature(plain), plain.replace('hole', 'HOLE')))).signature, 'bad')
    assert.equal((await opened(signedMime('no signature at all'))).signature, 'bad')
    const withKey = lines('Content-Type: multipart/mixed; boundary=k', '', '--k', plain, '--k', 'Content-Type: application/pgp-keys; name="key.asc"', '',
      gpg.publicKey(ada).replaceAll('\n', '\r\n'), '--k--', '')
    const came = await opened(signedMime(signature(withKey), withKey), [])
    assert.deepEqual([came.signature, came.keys.length, came.keys[0]?.by], ['came-along', 1, 'attached'])
  })

  it('counts no signature that covers a part alone', async () => {
    const [, body] = signedMime(signature(plain)).toString().split(/(?=Content-Type: multipart\/signed)/)
    const around = lines(fields, 'Content-Type: multipart/mixed; boundary=o', '', '--o', 'Content-Type: text/plain', '', 'Pay Eve.', '--o', body!, '--o--', '')
    assert.equal((await opened(Buffer.from(around))).signature, 'none')
  })

  it('is opened where the armor stands in the text, and says when more stood around it', async () => {
    const alone = await opened(inText(sealed(words, ['--sign', '--local-user', ada])))
    assert.deepEqual([alone.mail.text?.trim(), alone.encryption, alone.signature], [words, 'encrypted', 'known'])
    const around = await opened(inText(`Hello,\r\n${sealed(words, ['--sign', '--local-user', ada]).toString()}\r\nAda`))
    assert.deepEqual([around.mail.text?.includes(words), around.encryption, around.signature], [true, 'in-part', 'none'])
    assert.equal((await opened(inText(gpg(['--clear-sign', '--local-user', ada], 'A hole')))).signature, 'known')
  })

  it('opens files that are encrypted one by one', async () => {
    const file = gpg(['--encrypt', '--recipient', ourKeys[0]!], 'print(1)').toString('base64')
    const mail = lines(fields, 'Content-Type: multipart/mixed; boundary=f', '', '--f', plain,
      '--f', 'Content-Type: application/octet-stream; name="poc.py.gpg"',
      'Content-Transfer-Encoding: base64', '', file, '--f--', '')
    const { mail: read, encryption } = await opened(Buffer.from(mail))
    const [attached] = read.attachments
    assert.deepEqual([attached?.filename, Buffer.from(attached?.content as ArrayBuffer).toString(), encryption], ['poc.py', 'print(1)', 'in-part'])
  })

  it('finds the key in the Autocrypt field', async () => {
    const data = gpg(['--export', ada]).toString('base64').replaceAll(/.{70}/g, '$&\r\n ')
    const { keys } = await opened(Buffer.from(lines(`Autocrypt: addr=${ada}; prefer-encrypt=mutual; keydata=\r\n ${data}`, fields, plain)))
    assert.equal(keys[0]?.by, 'autocrypt')
    assert.ok('key' in await readerKey(keys[0]!.armored, w.clock.now()))
  })

  it('says in words why it does not open, and stays as it came', async () => {
    const damaged = Buffer.from(sealed(plain).toString().replace(/[A-Za-z0-9]{4}\n(?=[^\n]{10,}\n[^\n]*\n?=)/, 'AAAA\n'))
    const cut = sealed(plain).toString().split('\n').filter((_, i, all) => i < 6 || i > all.length - 4).join('\n')
    for (const [raw, state, said] of [
      [pgpMime(sealed(plain, [], 'eve@mallory.example')), 'wrong-key', /not ours/],
      [pgpMime(gpg(['--armor', '--symmetric', '--passphrase', 'secret'], plain)), 'password', /password/],
      [pgpMime(damaged), 'damaged', /damaged/],
      [pgpMime(cut), 'damaged', /damaged/],
      [pgpMime('-----BEGIN PGP MESSAGE-----\r\n\r\nnothing\r\n-----END PGP MESSAGE-----'), 'damaged', /damaged/],
      [pgpMime(sealed(Buffer.alloc(101 * 1024 * 1024), ['--compress-algo', 'zlib'])), 'too-large', /more than we take/],
    ] as const) {
      const { encryption, words: told, raw: after } = await opened(raw)
      assert.equal(encryption, state)
      assert.match(told, said)
      assert.deepEqual(after, raw)
    }
  })

  it('opens with ciphers of yesterday that GnuPG still offers, or says that it does not', async () => {
    for (const cipher of ['AES256', 'CAMELLIA256', '3DES', 'CAST5']) {
      const { encryption } = await opened(pgpMime(sealed(plain, ['--cipher-algo', cipher])))
      assert.ok(['encrypted', 'unsupported'].includes(encryption), `${cipher}: ${encryption}`)
    }
  })

  it('believes no signature by SHA-1', async () => {
    gpg.key('old@researcher.example', { algorithm: 'rsa2048' })
    const weak = gpg(['--armor', '--detach-sign', '--digest-algo', 'SHA1', '--local-user', 'old@researcher.example'], plain)
    assert.equal((await opened(signedMime(weak), [gpg.publicKey('old@researcher.example')])).signature, 'weak')
  })

  it('survives whatever bytes come', async () => {
    const whole = pgpMime(sealed(plain, ['--sign', '--local-user', ada]))
    for (let at = 0; at < whole.length; at += 97) {
      const hit = Buffer.from(whole)
      hit[at] = hit[at]! ^ 0x55
      await opened(hit)
      await opened(whole.subarray(0, at))
    }
  })

  it('of ours opens at theirs, signed by us', async () => {
    const reader = await readerKey(gpg.publicKey(ada), w.clock.now())
    assert.ok('key' in reader)
    const armored = await w.read((tx) => encryptedTo(tx, reader, Buffer.from(plain)))
    const status = scratchFile('')
    assert.equal(gpg(['--status-file', status.path, '--decrypt'], armored).toString(), plain)
    assert.match(readFileSync(status.path, 'utf8'), new RegExp(`VALIDSIG ${ourKeys[0]!.toUpperCase()}`))
    status.done()
  })

  it('is still opened with the key that another has replaced, and the new one is signed by the old', async () => {
    const toFormer = sealed(plain)
    const { fingerprint, former } = await w.as('admin').run(replaceOpenPgpKey, {})
    assert.equal(former, ourKeys[0])
    assert.equal((await opened(pgpMime(toFormer))).encryption, 'former-key')
    await learnOurs()
    assert.equal(ourKeys[0], fingerprint)
    assert.equal((await opened(pgpMime(sealed(plain)))).encryption, 'encrypted')
    const signatures = gpg(['--with-colons', '--check-signatures', fingerprint]).toString()
    assert.match(signatures, new RegExp(`^sig:!::\\d+:${former.slice(-16).toUpperCase()}:`, 'm'))
  })

  it('is not written to a key that is expired, revoked, without encryption, private or nonsense', async () => {
    gpg.key('short@researcher.example', { lasts: '1d' })
    gpg.key('signer@researcher.example', { usage: 'sign' })
    const why = async (key: string) => { const judged = await readerKey(key, w.clock.now()); return 'why' in judged ? judged.why : 'usable' }
    const short = gpg.publicKey('short@researcher.example')
    const stale = signature(plain, [], 'short@researcher.example')
    assert.equal(await why(short), 'usable')
    w.clock.advance({ hours: 48 })
    assert.equal(await why(short), 'expired')
    assert.equal((await opened(signedMime(stale), [short])).signature, 'expired')
    assert.equal(await why(gpg.publicKey('signer@researcher.example')), 'cannot-encrypt')
    assert.equal(await why(gpg(['--armor', '--export-secret-keys', ada]).toString()), 'private')
    assert.equal(await why('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabc\n-----END PGP PUBLIC KEY BLOCK-----'), 'unreadable')
    assert.equal(await why('ssh-ed25519 AAAA'), 'no-key')
    for (const sentence of Object.values(whyNotEncrypted)) assert.match(sentence, /^[a-z]/)
  })
})
