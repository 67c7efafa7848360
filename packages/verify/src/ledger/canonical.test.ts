import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { canonical, fromCanonical } from './canonical.ts'

describe('canonical JSON', () => {
  it('sorts members by UTF-16 code units, as RFC 8785 section 3.2.3 shows', () => {
    const value = { '\u20ac': 'Euro', '\r': 'CR', '\ufb33': 'Dalet', '1': 'One', '\ud83d\ude00': 'Face', '\u0080': 'Control', '\u00f6': 'o' }
    assert.deepEqual(Object.values(JSON.parse(canonical(value))).sort(), Object.values(value).sort())
    const order = [...canonical(value).matchAll(/:"(\w+)"/g)].map(([, word]) => word)
    assert.deepEqual(order, ['CR', 'One', 'Control', 'o', 'Euro', 'Face', 'Dalet'])
  })

  it('prints numbers and strings as ECMAScript does', () => {
    const value = { numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27, -0], string: '\u20ac$\u000f\nA\'B"\\\\"/' }
    assert.equal(canonical(value), '{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}')
  })

  it('gives one text whatever the order of the members, and reads it back', () => {
    fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse())
      assert.equal(canonical(value), canonical(reversed))
      assert.equal(canonical(fromCanonical(canonical(value))), canonical(value))
    }))
  })

  const refused = [' {}', '{} ', '{"b":1,"a":2}', '{"a":1,"a":1}', '1.0', '1e2', '"\\u0041"', '{"a":1}\n', '', '{', 'undefined', '-0']
  for (const text of refused) it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => fromCanonical(text), { code: 'malformed_json' }))

  for (const value of [undefined, NaN, Infinity, 1n, () => 1, new Date(0), { a: undefined }, '\ud800', { '\udc00': 1 }]) {
    it(`has no form for ${typeof value} ${String(value)}`, () => assert.throws(() => canonical(value), { code: 'malformed_json' }))
  }
})
