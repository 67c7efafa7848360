import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { chunkBinding } from './attachment-rows.ts'
import { sealBox } from './box.ts'
import { sealChunk } from './chunks.ts'
import { boxBinding, keyBinding } from './envelope.ts'
import { parseKeyring } from './keyring-format.ts'
import { testKeyring } from './keyring.ts'
import { blindWith, lexemesOf } from './search.ts'

const page = readFileSync(new URL('../../docs/formats/sealing.md', import.meta.url), 'utf8')
const example = new Map([...page.split('```')[1]!.matchAll(/^(\S.*?) {2,}(\S.*)$/gm)].map(([, name, value]) => [name!, value!]))
const given = (name: string) => example.get(name) ?? assert.fail(`the example has no “${name}”`)
const bytes = (name: string) => Buffer.from(given(name), 'hex')

const keyring = testKeyring()
const [organization, keyId, dataKey, nonce] = [given('organisation'), given("data key's id"), bytes('data key'), bytes('nonce')]

test('it shows a keyring that can be read', () => {
  const json = /```json\n([^`]+)```/.exec(page)![1]!
  const [epoch] = parseKeyring(json, 'the page')
  assert.deepEqual(epoch!.secret, bytes("epoch's secret"))
  assert.equal(keyring.epochs()[0]!.fingerprint, given('fingerprint'))
  assert.equal(keyring.derive('wrap').toString('hex'), given('wrapping key'))
})

test('it shows a wrapped data key and a box, byte for byte', () => {
  const bound = keyBinding(organization, keyId, 'report', given('report'))
  assert.equal(sealBox(keyring.derive('wrap'), bound, dataKey, nonce).toString('hex'), given('wrapped'))
  const box = sealBox(dataKey, boxBinding(organization, keyId, given('context')), Buffer.from(given('plaintext')), nonce)
  assert.equal(box.toString('hex'), given('box'))
})

test('it shows a chunk of a file, byte for byte', () => {
  const chunk = sealChunk(bytes('file key'), chunkBinding(organization, given('attachment')), 0, true, Buffer.from(given('file')))
  assert.equal(chunk.toString('hex'), given('chunk 0'))
})

test('it shows the words of a text as they are indexed', () => {
  assert.equal(lexemesOf({ title: given('title'), body: given('body') }, 'en', blindWith(dataKey, 'report')), given('index'))
})
