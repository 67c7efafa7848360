import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { AttachmentId } from '../verbs/fields.ts'
import { verb } from '../verbs/verb.ts'
import { flagsOf, readFlags } from './flags.ts'
import { WrongUsage } from './wrong-usage.ts'
import { pageOf } from './help.ts'
import { printed } from './print.ts'
import { suggest } from './suggest.ts'

const submit = verb({
  name: 'report.submit', summary: 'Reports a weakness.', may: 'reports.submit', entries: [], run: async () => ({}),
  input: z.object({
    title: z.string().describe('What it is, in a line.'), proof_of_concept: z.string().optional(), count: z.number().default(1),
    severity: z.enum(['low', 'high']).optional(),
    good_faith: z.boolean(), tools: z.array(z.object({ name: z.string() })).default([]), attachments: z.array(AttachmentId).default([]),
  }),
})

describe('the command line', () => {
  it('reads flags by the operation’s declaration', () => {
    const args = ['--title', 'XSS', '--proof-of-concept', '<b>', '--count', '3', '--good-faith', '--tools', '{"name":"nmap"}', '--tools', '{"name":"zap"}']
    const { input, json } = readFlags(submit, [...args, '--json'])
    assert.deepEqual(input, { title: 'XSS', proof_of_concept: '<b>', count: 3, good_faith: true, tools: [{ name: 'nmap' }, { name: 'zap' }] })
    assert.equal(json, true)
    assert.equal(readFlags(submit, ['--no-good-faith']).input['good_faith'], false)
  })

  it('tells of a flag that is not there and of JSON that is none', () => {
    assert.throws(() => readFlags(submit, ['--titel', 'x']), WrongUsage)
    assert.throws(() => readFlags(submit, ['--tools', 'nmap']), /takes JSON/)
  })

  it('knows files, choices and what is needed', () => {
    const flags = Object.fromEntries(flagsOf(submit).map((flag) => [flag.name, flag]))
    assert.equal(flags['attachments']!.kind, 'file')
    assert.deepEqual(flags['severity']!.choices, ['low', 'high'])
    assert.deepEqual(flagsOf(submit).filter(({ required }) => required).map(({ name }) => name), ['title', 'good-faith'])
  })

  it('writes a help page from the declaration', () => {
    const usage = 'Usage: avow report submit --title TEXT [--proof-of-concept TEXT] [--count N] [--severity low|high] --[no-]good-faith [--tools JSON] …'
    assert.ok(pageOf(submit).includes(usage))
    assert.match(pageOf(submit), /--title +What it is, in a line. Needed./)
  })

  it('suggests the nearest command, or none', () => {
    assert.equal(suggest('repotr acknowlege', ['report acknowledge', 'key list']), 'report acknowledge')
    assert.equal(suggest('something else', ['report acknowledge', 'key list']), null)
  })

  it('prints lists as tables and shows control characters instead of sending them', () => {
    assert.equal(printed({ reports: [{ id: 1, title: 'a' }, { id: 22, title: 'b' }], next: null }), 'reports:\nid  title\n1   a\n22  b\nnext  ')
    assert.equal(printed({ title: '\u001b[2J' }), 'title  \\x1b[2J')
  })
})
