import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { throughTor } from './tor.ts'

const host = `${'a'.repeat(56)}.onion`
const onionAddress = `http://${host}`

describe('a visitor through Tor', () => {
  it('is who our own tor hands over on this machine', () => {
    for (const socket of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) assert.ok(throughTor({ onionAddress }, { host, socket, forwarded: undefined }))
  })

  it('is nobody who only writes the onion’s name: from elsewhere, or through a proxy', () => {
    assert.ok(!throughTor({ onionAddress }, { host, socket: '203.0.113.9', forwarded: undefined }))
    assert.ok(!throughTor({ onionAddress }, { host, socket: '127.0.0.1', forwarded: '203.0.113.9' }))
    assert.ok(!throughTor({ onionAddress }, { host: 'avow.test', socket: '127.0.0.1', forwarded: undefined }))
    assert.ok(!throughTor({}, { host, socket: '127.0.0.1', forwarded: undefined }))
  })

  it('is who comes out of an exit on the operator’s list; a list that cannot be read shuts nobody out', () => {
    const folder = mkdtempSync(join(tmpdir(), 'avow-tor-'))
    try {
      const exitList = join(folder, 'exits')
      writeFileSync(exitList, '198.51.100.7\n2001:db8::7\n')
      assert.ok(throughTor({ exitList }, { host: 'avow.test', socket: '127.0.0.1', forwarded: '198.51.100.7' }))
      assert.ok(throughTor({ exitList }, { host: 'avow.test', socket: '::ffff:198.51.100.7', forwarded: undefined }))
      assert.ok(!throughTor({ exitList }, { host: 'avow.test', socket: '198.51.100.8', forwarded: undefined }))
      assert.ok(!throughTor({ exitList: join(folder, 'none') }, { host: 'avow.test', socket: '198.51.100.7', forwarded: undefined }))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
