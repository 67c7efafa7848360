import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stopWords } from './stop-words.ts'
import { wordsOf, type Language } from './words.ts'

const stems = (text: string, language: Language = 'en') => wordsOf(text, language).map(({ stem }) => stem)

test('it takes words of one stem for one, whatever their case, width and accents', () => {
  assert.deepEqual(new Set(stems('overflow Overflows OVERFLOWED overflowing ｏｖｅｒｆｌｏｗ')).size, 1)
  assert.deepEqual(stems('naïve'), stems('naive'))
  assert.deepEqual(stems('Schwachstellen Schwachstelle', 'de').length, 2)
  assert.equal(new Set(stems('Schwachstellen Schwachstelle', 'de')).size, 1)
  assert.deepEqual(stems('Straße', 'de'), stems('STRASSE', 'de'))
})

test('it counts stop words and leaves them out', () => {
  assert.deepEqual(wordsOf('Denial of service', 'en').map(({ position }) => position), [1, 3])
  assert.deepEqual(stems('what is it'), [])
})

test('it cuts names and numbers apart, and signs that are written without spaces', () => {
  assert.deepEqual(stems('CVE-2026-1234'), ['cve', '2026', '1234'])
  assert.equal(stems('/api/v1/foo_bar?q=1').length, 6)
  assert.deepEqual(stems('漏洞 report'), ['漏', '洞', 'report'])
})

test('it knows stop words for every language that it can stem', () => {
  for (const language of Object.keys(stopWords) as Language[]) {
    assert.deepEqual(wordsOf(stopWords[language], language), [])
    assert.equal(stems('security', language).length, 1)
  }
})
