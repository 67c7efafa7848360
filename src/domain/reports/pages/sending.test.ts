import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { modules } from '../../../app.ts'
import { stageAttachment } from '../../../seal/attachments.ts'
import { createWeb } from '../../../web/server.ts'
import { operations } from '../../../../test/support/routes.ts'
import { browser } from '../../../../test/support/visitors.ts'
import { world, type World } from '../../../../test/support/world.ts'

let w: World
before(async () => { w = await world() })
after(() => w.close())

test('a report with a file is shown for review, and what was here comes back with a file that is gone', async () => {
  const app = createWeb({ database: w.database, modules, operations, log: { error: (...args) => console.error(args) } })
  const visitor = browser({ app, database: w.database, slug: w.organization.slug })
  const { id } = await stageAttachment(w.database, w.organization.id, { name: 'a.txt', type: 'text/plain' }, [Buffer.from('302')] as never)
  const fields = { submission: crypto.randomUUID(), title: 'Spam', description: 'It could be used for phishing.', steps: 'See it.', good_faith: 'yes' }
  const review = await visitor.post('/report', { ...fields, attachments: id })
  assert.match(await review.text(), /Before you send it/)
  const gone = await visitor.post('/report', { ...fields, attachments: crypto.randomUUID() })
  assert.equal(gone.status, 422)
  const text = await gone.text()
  assert.match(text, /waited too long/)
  assert.match(text, /It could be used for phishing/)
})

test('it takes NUL, right-to-left, emoji and a line of a megabyte in any field, and keeps what it refuses', async () => {
  const app = createWeb({ database: w.database, modules, operations, log: { error: (...args) => console.error(args) } })
  const visitor = browser({ app, database: w.database, slug: w.organization.slug })
  const odd = 'a\u0000b \u202Eمرحبا 🐛\uFFFF'
  const fields = {
    title: odd, version: odd, description: odd, endpoint: odd, parameter: odd, impact: odd, steps: odd, proof_of_concept: odd, expected_result: odd, name: odd,
    'reasons[cvss]': odd, 'tools[0][name]': odd, 'tools[0][version]': odd, 'tools[0][output]': odd, good_faith: 'yes',
  }
  const sent = await visitor.post('/report', { ...fields, submission: crypto.randomUUID() })
  assert.equal(sent.status, 303)
  const kept = await visitor.post('/report/draft', { ...fields, submission: crypto.randomUUID() })
  assert.equal(kept.status, 200)
  const long = await visitor.post('/report', { ...fields, submission: crypto.randomUUID(), steps: 'x'.repeat(1_000_000) })
  assert.equal(long.status, 422)
  assert.match(await long.text(), /at most 100,000 characters/)
})
