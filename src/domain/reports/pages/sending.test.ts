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
