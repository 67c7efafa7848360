import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BOX_OVERHEAD, BrokenSeal, binding, openBox, sealBox } from './box.ts'

const key = Buffer.alloc(32, 7)
const place = binding('organisation', 'key', 'report/title')
const plain = Buffer.from('heap overflow in the parser')

test('it opens what it sealed', () => {
  const box = sealBox(key, place, plain)
  assert.equal(box.length, plain.length + BOX_OVERHEAD)
  assert.deepEqual(openBox(key, place, box, 'a title'), plain)
})

test('it never seals twice alike', () => {
  assert.notDeepEqual(sealBox(key, place, plain), sealBox(key, place, plain))
})

test('it refuses another key, another place, every changed byte and every shorter box', () => {
  const box = sealBox(key, place, plain)
  const refused = (attempt: () => unknown) => assert.throws(attempt, (error) => error instanceof BrokenSeal && error.message.includes('a title'))
  refused(() => openBox(Buffer.alloc(32, 8), place, box, 'a title'))
  refused(() => openBox(key, binding('organisation', 'key', 'report/body'), box, 'a title'))
  refused(() => openBox(key, binding('other', 'key', 'report/title'), box, 'a title'))
  for (let at = 0; at < box.length; at++) {
    const changed = Buffer.from(box)
    changed[at]! ^= 1
    refused(() => openBox(key, place, changed, 'a title'))
    refused(() => openBox(key, place, box.subarray(0, at), 'a title'))
  }
})
