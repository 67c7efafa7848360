import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { entered, fromForm, rowsOf, textOf, valuesOf } from './form-input.ts'

const schema = z.object({
  text: z.string().min(1), note: z.string().optional(), times: z.number().optional(), agreed: z.boolean(),
  kinds: z.array(z.enum(['a', 'b'])).optional(), tools: z.array(z.object({ name: z.string(), version: z.string().optional() })).default([]),
  place: z.object({ city: z.string() }).optional(),
})
const read = (fields: [string, string][]) => fromForm(schema, entered(fields))

describe('input from forms', () => {
  it('nests fields by their names and drops empty rows', () => {
    const tools: [string, string][] = [['tools[0][name]', ''], ['tools[0][version]', ' '], ['tools[7][name]', 'nmap'], ['tools[7][version]', '']]
    assert.deepEqual(read([['text', 'x'], ['agreed', 'yes'], ...tools]), { text: 'x', agreed: true, tools: [{ name: 'nmap' }] })
  })

  it('takes a group of checkboxes as a list, also when only one is ticked', () => {
    assert.deepEqual(read([['kinds', 'a'], ['kinds', 'b']])['kinds'], ['a', 'b'])
    assert.deepEqual(read([['kinds', 'a']])['kinds'], ['a'])
    assert.equal(read([])['kinds'], undefined)
  })

  it('takes a list of texts from one field, a line each', () => {
    assert.deepEqual(read([['kinds', 'a\r\n\r\nb\r\n']])['kinds'], ['a', 'b'])
  })

  it('leaves out of a record what stayed empty', () => {
    const schema = z.object({ marks: z.record(z.string(), z.string()).default({}) })
    assert.deepEqual(fromForm(schema, entered([['marks[severity]', 'high'], ['marks[law]', ' ']])), { marks: { severity: 'high' } })
  })

  it('reads numbers and leaves what is none for the schema to refuse', () => {
    assert.equal(read([['times', ' 2.5 ']])['times'], 2.5)
    assert.equal(read([['times', 'two']])['times'], 'two')
    assert.equal(read([['times', '']])['times'], undefined)
  })

  it('takes a declaration for given when its box is ticked, and for not given when it is not', () => {
    const declaration = z.object({ honest: z.literal(true) })
    assert.deepEqual(fromForm(declaration, entered([['honest', 'yes']])), { honest: true })
    assert.deepEqual(fromForm(declaration, {}), { honest: false })
  })

  it('takes an unticked checkbox for no', () => assert.equal(read([])['agreed'], false))

  it('leaves out optional fields and groups that stayed empty, and fields that nobody asked for', () => {
    assert.deepEqual(read([['note', ''], ['place[city]', ''], ['button', 'send']]), { agreed: false })
  })

  it('writes line ends as the API would', () => assert.equal(read([['text', 'a\r\nb']])['text'], 'a\nb'))

  it('cannot be made to touch prototypes or to build endless lists', () => {
    const input = entered([['__proto__[polluted]', 'yes'], ['constructor[prototype][polluted]', 'yes'], ['tools[99999999][name]', 'x']])
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
    assert.deepEqual(fromForm(schema, input), { agreed: false })
  })

  it('gives back what was entered, row by row', () => {
    const input = entered([['tools[0][name]', 'a'], ['tools[2][name]', 'c'], ['kinds', 'a'], ['kinds', 'b']])
    assert.equal(textOf(input, 'tools[2][name]'), 'c')
    assert.equal(textOf(input, 'tools[1][name]'), '')
    assert.equal(rowsOf(input, 'tools'), 3)
    assert.deepEqual(valuesOf(input, 'kinds'), ['a', 'b'])
  })
})
