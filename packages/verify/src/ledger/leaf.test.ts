import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { base64, fromUtf8, utf8 } from './bytes.ts'
import { labelMac, leafBytes, marksMac, opensTo, parseLeaf, sealMac, type Leaf, type OpenMarks } from './leaf.ts'
import { formatOpening, formatOpenings, openingsPath, parseOpening, parseOpenings, parseOpeningsBundle, type Opening } from './openings.ts'
import { formatContent, formatReceiptExtra, parseContent, parseReceiptExtra } from './receipt.ts'

const salt1 = new Uint8Array(32).fill(1)
const salt2 = new Uint8Array(32).fill(2)
const salt3 = new Uint8Array(32).fill(3)
const label = { salt1, salt3, kind: 'report.received', cases: { report: 'k3' }, marks: { by: 'human' } }
const facts = { title: 'Überlauf', files: ['a'] }
const leaf: Leaf = { at: Date.UTC(2026, 0, 5, 9), stream: 'disclosure', label: labelMac(label), seal: sealMac(salt2, facts) }
const opening: Opening & OpenMarks = { index: 3, ...label, facts, salt2 }
const { marks: _, salt3: __, ...head } = opening
const held: Opening = { ...head, held: marksMac(opening) }

/** Whether `read` still reads the bytes, and as the same value, after one byte was changed. */
function noticed(bytes: Uint8Array, read: (bytes: Uint8Array) => boolean): void {
  for (let at = 0; at < bytes.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      let accepted: boolean
      try {
        accepted = read(Uint8Array.from(bytes).with(at, bytes[at]! ^ (1 << bit)))
      } catch (error) {
        accepted = !(error as { code?: string }).code?.startsWith('malformed_')
      }
      assert.ok(!accepted, `byte ${at}, bit ${bit}`)
    }
  }
}

describe('leaves', () => {
  it('are canonical JSON that commits to label and facts', () => {
    const mac = (salt: Uint8Array, text: string) => createHmac('sha256', salt).update(text).digest('base64')
    const expected = {
      at: '2026-01-05T09:00:00.000Z',
      label: mac(salt1, `{"cases":{"report":"k3"},"kind":"report.received","marks":"${mac(salt3, '{"by":"human"}')}"}`),
      seal: mac(salt2, '{"files":["a"],"title":"Überlauf"}'),
      stream: 'disclosure',
      v: 1,
    }
    assert.equal(fromUtf8(leafBytes(leaf)), JSON.stringify(expected))
    assert.deepEqual(fromUtf8(leafBytes(parseLeaf(leafBytes(leaf)))), JSON.stringify(expected))
  })

  it('open to their label and facts, and to no other', () => {
    assert.ok(opensTo(leaf, opening))
    assert.ok(opensTo(leaf, opening, { facts, salt2 }))
    assert.ok(!opensTo(leaf, { ...opening, kind: 'report.closed' }))
    assert.ok(!opensTo(leaf, { ...opening, marks: {} }))
    assert.ok(!opensTo(leaf, { ...opening, salt1: salt2 }))
    assert.ok(!opensTo(leaf, { ...opening, salt3: salt2 }))
    assert.ok(!opensTo(leaf, opening, { facts: { ...facts, title: 'U' }, salt2 }))
    assert.ok(!opensTo(leaf, opening, { facts, salt2: salt1 }))
  })

  it('open to their kind while the marks are held back', () => {
    assert.ok(opensTo(leaf, held))
    assert.ok(!opensTo(leaf, { ...held, kind: 'report.closed' }))
    assert.ok(!opensTo(leaf, { ...head, held: marksMac({ ...opening, marks: {} }) }))
  })

  it('take salts of 32 bytes only, since HMAC pads shorter ones', () => {
    for (const length of [0, 31, 33]) assert.throws(() => labelMac({ ...label, salt1: new Uint8Array(length) }), { code: 'malformed_salt' })
  })

  const text = fromUtf8(leafBytes(leaf))
  const refused = [text + ' ', text.replace('"v":1', '"v":2'), text.replace('.000Z', 'Z'), text.replace('09:00', '25:00'), text.replace('"v":1',
    '"v":1,"w":1'), text.replace('disclosure', 'Dis'),
    text.replace(/,"stream":"\w+"/, ''), text.replace(/"label":"..../, '"label":"'), '[]', 'null', '""']
  for (const bad of refused) it(`refuse ${bad.slice(0, 30)}…${bad.slice(-30)}`, () => assert.throws(() => parseLeaf(utf8(bad)), /^Malformed/))

  it('have no second form for what cannot be written', () => {
    assert.throws(() => leafBytes({ ...leaf, stream: 'Ä' }), { code: 'malformed_leaf' })
    assert.throws(() => leafBytes({ ...leaf, label: new Uint8Array(31) }), { code: 'malformed_leaf' })
  })
})

describe('openings', () => {
  it('come back as they were', () => {
    const text = formatOpenings([opening, { ...label, index: 200 }, { ...held, index: 255 }])
    assert.equal(formatOpenings(parseOpenings(text)), text)
    assert.deepEqual(parseOpenings(''), [])
    assert.equal(openingsPath(1067), 'openings/x001/067')
  })

  it('show every changed bit', () => {
    noticed(utf8(`${formatOpening(opening)}\n`), (bytes) => {
      const [changed, ...rest] = parseOpenings(fromUtf8(bytes))
      return rest.length === 0 && changed!.index === 3 && opensTo(leaf, changed!, { facts: changed!.facts!, salt2: changed!.salt2! })
    })
  })

  it('belong to their bundle, in order, once', () => {
    assert.equal(parseOpeningsBundle(formatOpenings([{ ...opening, index: 256 }]), 1).length, 1)
    assert.throws(() => parseOpeningsBundle(formatOpenings([opening]), 1), { code: 'malformed_opening' })
    assert.throws(() => parseOpenings(formatOpenings([opening, opening])), { code: 'malformed_opening' })
    assert.throws(() => parseOpenings(formatOpenings([opening]).trim()), { code: 'malformed_opening' })
  })

  const text = formatOpening(opening)
  const refused = [text.replace('"index":3', '"index":-1'), text.replace('"index":3', '"index":0.5'), text.replace(/,"salt2":"[^"]+"/, ''),
    text.replace(/"facts":\{.*?\},/, ''), ` ${text}`,
    text.replace('"k3"', '3'), text.replace(base64(salt1), base64(salt1.subarray(1))), text.replace('"index"', '"index2"'), text.replace('}', ',"z":1}'),
    text.replace(/"salt3":"[^"]+"/, ''), text.replace('"index"', `"held":"${base64(salt1)}","index"`), formatOpening(held).replace(/"held":"..../, '"held":"')]
  for (const bad of refused) it(`refuse ${bad.slice(0, 60)}`, () => assert.throws(() => parseOpening(bad), /^Malformed/))
})

describe('receipts', () => {
  it('carry the leaf and its salts', () => {
    const extra = formatReceiptExtra({ leaf, opening, salt2 })
    assert.deepEqual(formatReceiptExtra(parseReceiptExtra(extra)), extra)
    assert.ok(opensTo(parseReceiptExtra(extra).leaf, parseReceiptExtra(extra).opening, { facts, salt2: parseReceiptExtra(extra).salt2! }))
    const erased = formatReceiptExtra({ leaf, opening })
    assert.equal(parseReceiptExtra(erased).salt2, undefined)
  })

  it('come with a content file of one spelling', () => {
    assert.deepEqual(parseContent(formatContent(facts)), facts)
    for (const bad of ['', '{}', '{} \n', '[]\n', '{"b":1,"a":1}\n']) assert.throws(() => parseContent(bad), /^Malformed/)
    noticed(utf8(formatContent(facts)), (bytes) => opensTo(leaf, opening, { facts: parseContent(fromUtf8(bytes)), salt2 }))
  })

  const text = fromUtf8(formatReceiptExtra({ leaf, opening, salt2 }))
  for (const bad of [text.replace('"v":1', '"v":2'), text.replace(base64(salt2), 'AAAA'), text.replace('"kind":"report.received",', ''), `${text} `, '{}',
    text.replace(/"marks":.*?},/, '')]) {
    it(`refuse ${bad.slice(0, 40)}`, () => assert.throws(() => parseReceiptExtra(utf8(bad)), /^Malformed/))
  }
})
