import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { isInside, outbound, Unreachable } from './outbound.ts'

describe('what is asked of an address that somebody gave us', () => {
  const server = createServer((request, response) => {
    if (request.url === '/moved') return void response.writeHead(302, { location: '/large' }).end()
    if (request.url === '/large') return void response.end(Buffer.alloc(2000))
    request.pipe(response.setHeader('x-method', request.method ?? ''))
  })
  let home: string
  before(async () => {
    await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
    home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => new Promise((done) => { server.close(done) }))

  for (const place of ['https://127.0.0.1/', 'https://[::1]/', 'https://10.1.2.3/', 'https://169.254.169.254/latest/meta-data', 'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/', 'https://[64:ff9b::a00:1]/', 'https://2130706433/', 'https://localhost/']) {
    it(`refuses ${place}`, () => assert.rejects(outbound(place), Unreachable))
  }

  it('refuses plain HTTP, and every other scheme', async () => {
    for (const place of ['http://192.0.2.1/', 'file:///etc/passwd', 'gopher://192.0.2.1/']) await assert.rejects(outbound(place), Unreachable)
    await assert.rejects(outbound('file:///etc/passwd', {}, { privateNetwork: true }), Unreachable)
  })

  it('asks inside the network where the operator allows it', async () => {
    const response = await outbound(`${home}/echo`, { method: 'POST', body: 'grüße' }, { privateNetwork: true })
    assert.equal(response.headers.get('x-method'), 'POST')
    assert.equal(await response.text(), 'grüße')
  })

  it('follows no redirect', async () => {
    assert.equal((await outbound(`${home}/moved`, {}, { privateNetwork: true })).status, 302)
  })

  it('refuses an answer that is too large', () =>
    assert.rejects(outbound(`${home}/large`, {}, { privateNetwork: true, maxBytes: 1999 }), /too large/))

  it('takes public addresses for public', () => {
    for (const address of ['1.1.1.1', '192.0.66.1', '2606:4700::1111', '2a00:1450:4001::5e']) assert.equal(isInside(address), false, address)
    for (const address of ['100.64.0.1', '203.0.113.9', '255.255.255.255', '2002:a00:1::', 'ff02::1', 'fe80::1', '::', 'no address']) {
      assert.equal(isInside(address), true, address)
    }
  })
})
