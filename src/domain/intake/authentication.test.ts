import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { createTransport } from 'nodemailer'
import { vouchingFor, type Resolver } from './authentication.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

/** The sender's part of the DNS, written down. */
const records: Record<string, string[][]> = {
  'mail._domainkey.lovelace.example TXT': [[`v=DKIM1; k=rsa; p=${key}`]],
  '_dmarc.lovelace.example TXT': [['v=DMARC1; p=reject']],
  'lovelace.example TXT': [['v=spf1 ip4:192.0.2.1 -all']],
}
const resolver: Resolver = async (name, type) => {
  const found = records[`${name} ${type}`]
  if (!found) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' })
  return found
}

async function signed(): Promise<Buffer> {
  const transport = createTransport({
    streamTransport: true, buffer: true,
    dkim: { domainName: 'lovelace.example', keySelector: 'mail', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string },
  })
  return (await transport.sendMail({ from: 'ada@lovelace.example', to: 'security@example.org', subject: 'Signed', text: 'words' })).message as Buffer
}

describe('the sender’s domain', () => {
  it('vouches for what it signed', async () => {
    const { verdict, dkim, dmarc, spf } = await vouchingFor(await signed(), 'ada@lovelace.example', {}, { resolver })
    assert.deepEqual({ verdict, dkim, dmarc, spf }, { verdict: 'vouches', dkim: 'pass', dmarc: 'pass', spf: null })
  })

  it('does not vouch for what was changed, or came from elsewhere', async () => {
    const changed = Buffer.from((await signed()).toString().replace('words', 'other'))
    assert.equal((await vouchingFor(changed, 'ada@lovelace.example', {}, { resolver })).verdict, 'does not')
    const bare = Buffer.from('From: ada@lovelace.example\r\nSubject: Forged\r\n\r\nwords\r\n')
    const { verdict, spf } = await vouchingFor(bare, 'ada@lovelace.example',
      { ip: '198.51.100.7', helo: 'x', envelopeFrom: 'ada@lovelace.example' }, { resolver })
    assert.deepEqual([verdict, spf], ['does not', 'fail'])
  })

  it('vouches by the server that sent it', async () => {
    const bare = Buffer.from('From: ada@lovelace.example\r\nSubject: By SPF\r\n\r\nwords\r\n')
    const { verdict, spf } = await vouchingFor(bare, 'ada@lovelace.example', { ip: '192.0.2.1', helo: 'x', envelopeFrom: 'ada@lovelace.example' }, { resolver })
    assert.deepEqual([verdict, spf], ['vouches', 'pass'])
  })

  it('is believed from our own server’s header, the uppermost, and from no other’s', async () => {
    const with_ = (...heads: string[]) =>
      Buffer.from([...heads.map((head) => `Authentication-Results: ${head}`), 'From: eve@nowhere.example', '', 'words'].join('\r\n'))
    const judge = async (raw: Buffer) => (await vouchingFor(raw, 'eve@nowhere.example', {}, { trusted: 'mx.ours.example', resolver })).verdict
    assert.equal(await judge(with_('mx.ours.example;\r\n dkim=pass header.d=nowhere.example; spf=pass; dmarc=pass')), 'vouches')
    assert.equal(await judge(with_('mx.ours.example; dmarc=fail', 'mx.ours.example; dmarc=pass')), 'does not')
    assert.equal(await judge(with_('mx.eve.example; dmarc=pass')), 'unknown')
    assert.equal(await judge(with_('mx.eve.example; dmarc=pass', 'mx.ours.example; dmarc=pass')), 'unknown')
  })

  it('is unknown where the DNS cannot be asked', async () => {
    const failing: Resolver = async () => { throw Object.assign(new Error('no'), { code: 'ETIMEOUT' }) }
    assert.equal((await vouchingFor(await signed(), 'ada@lovelace.example', {}, { resolver: failing })).verdict, 'unknown')
  })
})
