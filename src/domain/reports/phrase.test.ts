import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newPhrase, newReference, phraseHash } from './phrase.ts'

test('it makes phrases of six speakable words, no two alike', () => {
  const phrases = Array.from({ length: 1000 }, newPhrase)
  assert.equal(new Set(phrases).size, 1000)
  for (const phrase of phrases) assert.match(phrase, /^([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz]-?){6}$/)
})

test('it finds the same report however the phrase was typed', () => {
  assert.deepEqual(phraseHash(' LUSAB babad – gutih-tugad\nhajoz kimor '), phraseHash('lusab-babad-gutih-tugad-hajoz-kimor'))
  assert.notDeepEqual(phraseHash('lusab-babad-gutih-tugad-hajoz-kimoz'), phraseHash('lusab-babad-gutih-tugad-hajoz-kimor'))
})

test('it makes references without letters that look alike', () => {
  for (let i = 0; i < 200; i++) assert.match(newReference(), /^R-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
})
