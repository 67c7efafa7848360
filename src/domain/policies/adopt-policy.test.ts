import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../test/support/world.ts'
import { adoptPolicy, proposePolicy } from './adopt-policy.ts'
import { readPolicyQuery } from './read-policy.ts'

const page = '<h1>Security</h1><p>We reply to reports within 36 hours. We make backups. Please tell nobody else.</p>'

describe('adopting the text of an existing page', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const proposed = async () => {
    const { text, sentences } = await w.as('admin').ask(proposePolicy, { text: page })
    return { text, sentences: sentences.map(({ kind, rules }) => ({ kind, rules: rules.map(({ mark, rule }) => ({ mark, rule, confirmed: false })) })) }
  }
  const adopt = (input: object) => w.as('admin').run(adoptPolicy, { policy: 'security', ...input })
  const refused = (input: object, fields: Record<string, RegExp>) => assert.rejects(adopt(input), (error: { fields?: Record<string, string> }) => {
    assert.deepEqual(Object.keys(error.fields ?? {}), Object.keys(fields))
    for (const [name, words] of Object.entries(fields)) assert.match(error.fields![name]!, words)
    return true
  })

  it('says of each sentence what it seems to be, with the rule in words', async () => {
    const { sentences, title } = await w.as('admin').ask(proposePolicy, { text: page })
    assert.equal(title, 'Security')
    assert.deepEqual(sentences.map(({ kind }) => kind), ['promise', 'promise', 'request'])
    assert.match(sentences[0]!.rules[0]!.words, /within 36 hours/)
    assert.equal(sentences[1]!.rules[0]!.assumed, '1 day')
  })

  it('refuses a guess that nobody confirmed, a rule that cannot be read, a mark twice, and judgements that do not fit the text', async () => {
    const { text, sentences } = await proposed()
    await refused({ text, sentences }, { 'sentences[1][rules][0][confirmed]': /confirm that 1 day is meant/ })
    const changed = structuredClone(sentences)
    changed[1]!.rules = [{ mark: 'ack', rule: 'Every `a.b` is folowed by `c.d` within 2 days.', confirmed: false }]
    await refused({ text, sentences: changed }, { 'sentences[1][rules][0][rule]': /followed/, 'sentences[1][rules][0][mark]': /“ack”/ })
    await refused({ text, sentences: sentences.slice(1) }, { sentences: /3 sentences/ })
  })

  it('keeps the words, and gives each promise the rule that was confirmed or changed', async () => {
    const { text, sentences } = await proposed()
    sentences[0]!.rules[0]!.rule = sentences[0]!.rules[0]!.rule.replace('36 hours', '2 days')
    sentences[1]!.rules[0]!.confirmed = true
    await adopt({ text, sentences })
    const { text: body } = await w.as('admin').ask(readPolicyQuery, { policy: 'security', version: 1 }) as { text: string }
    assert.ok(body.startsWith('# Security\n\nWe reply to reports within 36 hours.[^ack] We make backups.[^backups] Please tell nobody else.\n'))
    assert.match(body, /\[\^ack\]: .* within 2 days\.\n\[\^backups\]: .* at least every day\.\n$/)
  })

  it('takes what is said to be no promise for none, and asks for a title where the text has none', async () => {
    const text = 'We make backups.\n'
    const sentences = [{ kind: 'statement', rules: [{ mark: 'backups', rule: 'nonsense' }] }]
    await refused({ policy: 'other', text, sentences }, { title: /title/ })
    await adopt({ policy: 'other', text, title: 'Backups', sentences })
    assert.equal((await w.as('admin').ask(readPolicyQuery, { policy: 'other', version: 1 }) as { text: string }).text, '# Backups\n\nWe make backups.\n')
  })
})
