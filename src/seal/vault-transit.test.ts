import assert from 'node:assert/strict'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileStore, guarded } from './key-store.ts'
import { createKeyring, KeyringProblem, openKeyring } from './keyring.ts'
import { vaultTransit } from './vault-transit.ts'

/** A transit engine as Vault's API describes it, with real keys: `vault:v1:` and base64 of nonce, ciphertext and tag. */
const keys = new Map([['avow', randomBytes(32)], ['other', randomBytes(32)]])
const server = createServer(async (request, response) => {
  const answer = (status: number, body: object) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const [, what, name] = /^\/v1\/transit\/(encrypt|decrypt)\/(\w+)$/.exec(request.url!) ?? []
  let text = ''
  for await (const chunk of request) text += chunk
  const key = keys.get(name ?? '')
  if (request.headers['x-vault-token'] !== 'let-me-in') return answer(403, { errors: ['permission denied'] })
  if (!key) return answer(404, { errors: [] })
  const body = JSON.parse(text) as { plaintext: string; ciphertext: string }
  if (what === 'encrypt') {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce)
    const sealed = Buffer.concat([nonce, cipher.update(body.plaintext, 'base64'), cipher.final(), cipher.getAuthTag()])
    return answer(200, { data: { ciphertext: `vault:v1:${sealed.toString('base64')}` } })
  }
  try {
    const sealed = Buffer.from(body.ciphertext.replace('vault:v1:', ''), 'base64')
    const open = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(-16))
    answer(200, { data: { plaintext: Buffer.concat([open.update(sealed.subarray(12, -16)), open.final()]).toString('base64') } })
  } catch { answer(400, { errors: ['invalid ciphertext'] }) }
})

describe('a keyring that a key service guards', () => {
  let folder: string
  let base: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'avow-vault-'))
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/transit/keys`
  })
  after(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })

  const store = (key = 'avow', token = 'let-me-in', file = 'keyring') => guarded(fileStore(join(folder, file)), vaultTransit(`${base}/${key}`, token))
  const problem = (words: RegExp) => (error: unknown) => error instanceof KeyringProblem && words.test(error.message) && !error.message.includes('let-me-in')

  it('is made, rotated and opened again; the file holds nothing that opens without the service', async () => {
    const made = await createKeyring(store())
    const { epoch, wrapped } = await made.wrap(Buffer.alloc(32, 7), Buffer.from('here'))
    await made.addEpoch()
    const text = await readFile(join(folder, 'keyring'), 'utf8')
    assert.match(Buffer.from(text, 'base64').toString(), /^vault:v1:/)
    const opened = await openKeyring(store())
    assert.equal(opened.currentEpoch, 2)
    assert.deepEqual(await opened.unwrap(epoch, wrapped, Buffer.from('here')), Buffer.alloc(32, 7))
  })

  it('says what is wrong: the key, the token, the address, the service', async () => {
    await assert.rejects(openKeyring(store('other')), problem(/not encrypted by this key/))
    await assert.rejects(openKeyring(store('avow', 'guessed')), problem(/may not use the key/))
    await assert.rejects(openKeyring(store('absent')), problem(/no such key/))
    const silent = guarded(fileStore(join(folder, 'keyring')), vaultTransit('http://127.0.0.1:9/v1/transit/keys/avow', 'let-me-in'))
    await assert.rejects(openKeyring(silent), problem(/does not answer/))
  })

  it('takes a keyring that was not guarded before', async () => {
    const plain = fileStore(join(folder, 'plain'))
    const before = await createKeyring(plain)
    await store('avow', 'let-me-in', 'plain').write((await plain.read())!, 'replace')
    assert.deepEqual((await openKeyring(store('avow', 'let-me-in', 'plain'))).epochs(), before.epochs())
  })
})
