import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../../test/support/world.ts'
import { sequenceAll } from '../../../ledger/index.ts'
import { policies } from '../../policies/index.ts'
import { connectAvow } from '../../systems/index.ts'
import { reports as module } from '../index.ts'
import { acknowledgeReport } from '../acknowledge-report.ts'
import { closeReport } from '../close-report.ts'
import { listReportsQuery } from '../list-reports.ts'
import { submitReport } from '../submit-report.ts'
import { orderByDuties } from './due-order.ts'
import { choosePrefix } from './short-id.ts'

const policy = `# Security

We acknowledge every report within two days, and judge it within ten.[^ack] [^judged]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` or \`report.closed\` within 2 days.
[^judged]: Every \`report.received\` is followed by \`report.verified\` or \`report.closed\` within 10 days.
`

const told = { description: 'A weakness.', steps: 'Look.', good_faith: true }

describe('the inbox', () => {
  let w: World
  let [first, second, third]: string[] = []
  before(async () => {
    w = await world()
    await connectAvow(w.database, w.organization.id, [...policies.verbs, ...module.verbs])
    const ann = w.as('admin')
    for (const name of ['policy.draft', 'policy.submit', 'policy.approve', 'policy.rehearse', 'policy.publish']) {
      await ann.run(policies.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...name === 'policy.draft' && { text: policy } })
    }
    first = await send('The first')
    w.clock.advance({ hours: 10 })
    second = await send('The second')
    await w.as('triager').run(acknowledgeReport, { report: first, message: 'Read.' })
    w.clock.advance({ hours: 1 })
    third = await send('The third')
    await ordered()
  })
  after(() => w.close())

  const send = async (title: string) => (await w.as('nobody').run(submitReport, { title, ...told })).report
  const ordered = async () => {
    w.clock.advance({ seconds: 3 })
    await sequenceAll(w.database, w.organization.id)
    return w.write(orderByDuties)
  }
  const listed = (input: object = {}) => w.as('triager').ask(listReportsQuery, input)

  it('puts what breaks next on top, with what is owed and by when', async () => {
    const { reports } = await listed()
    assert.deepEqual(reports.map(({ id }) => id), [second, third, first])
    assert.match(reports[0]!.due, /^Acknowledge/)
    assert.match(reports[2]!.due, /^Verify/)
    assert.ok(reports.every(({ late, due_at: at }) => !late && at !== null))
  })

  it('pages on from any line, and says what is late', async () => {
    const rest = await listed({ before: second })
    assert.deepEqual(rest.reports.map(({ id }) => id), [third, first])
    w.clock.advance({ hours: 24 * 3 })
    const { late, reports } = await listed({ overdue: 'yes' })
    assert.equal(late, 2)
    assert.deepEqual(reports.map(({ id }) => id), [second, third])
  })

  it('forgets what was owed as soon as nothing is', async () => {
    await w.as('triager').run(closeReport, { report: second, reason: 'informative', message: 'Thank you.' })
    assert.deepEqual((await listed()).reports.map(({ id }) => id), [third, first])
    assert.ok(await ordered() > 0)
    assert.equal(await ordered(), 0)
    const row = await w.read((tx) => tx.db.selectFrom('reports').select(['due_at', 'due_kinds']).where('id', '=', second!).executeTakeFirstOrThrow())
    assert.deepEqual(row, { due_at: Infinity, due_kinds: [] })
  })

  it('numbers the cases of each organisation apart, and finds one by its number', async () => {
    const { reports } = await listed({ state: 'all' })
    assert.deepEqual(reports.map(({ short_id: id }) => id), ['ORGANIZAT-3', 'ORGANIZAT-2', 'ORGANIZAT-1'])
    assert.deepEqual((await listed({ search: 'organizat-2' })).reports.map(({ id }) => id), [second])
    await w.as('admin').run(choosePrefix, { prefix: 'acme' })
    assert.deepEqual((await listed({ search: 'ACME-2' })).reports.map(({ short_id: id }) => id), ['ACME-2'])
    assert.deepEqual((await listed({ search: 'ORGANIZAT-2' })).reports, [])
    await assert.rejects(() => w.as('admin').run(choosePrefix, { prefix: 'other' }), { code: 'prefix_chosen' })
  })

  it('gives every report a number of its own, however many arrive at once', async () => {
    const sent = await Promise.all(Array.from({ length: 12 }, (_, i) => send(`At once ${i}`)))
    const numbers = await w.read((tx) => tx.db.selectFrom('reports').select('number').where('id', 'in', sent).execute())
    assert.equal(new Set(numbers.map(({ number }) => number)).size, 12)
  })

  it('shows thirty at a time, and finds fifty', async () => {
    for (let left = 40; left > 0; left--) await send(`Another ${left}`)
    const { reports, next } = await listed() as Awaited<ReturnType<typeof listed>> & { next: string | null }
    assert.deepEqual([reports.length, next], [30, reports.at(-1)!.id])
    const rest = await listed({ before: next }) as Awaited<ReturnType<typeof listed>> & { next: string | null }
    assert.deepEqual([rest.reports.length, rest.next], [24, null])
    assert.equal(new Set([...reports, ...rest.reports].map(({ id }) => id)).size, 54)
    const found = await listed({ search: 'weakness' }) as Awaited<ReturnType<typeof listed>> & { next: string | null }
    assert.deepEqual([found.reports.length, found.next], [50, null])
  })
})
