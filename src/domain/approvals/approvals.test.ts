import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { newId } from '../../lib/ids.ts'
import { site, type Site } from '../../../test/support/site.ts'
import { member, type Visitor } from '../../../test/support/visitors.ts'
import { modules } from '../../app.ts'
import { findKind } from '../../ledger/index.ts'
import { registry } from '../../verbs/registry.ts'
import { createWeb } from '../../web/server.ts'
import { approvePolicy, policies } from '../policies/index.ts'
import { listApprovals } from './waiting.ts'

describe('approvals', () => {
  let s: Site
  let deputy: Visitor
  const ann: Actor = { kind: 'member', accountId: newId(), personName: 'Ann', roles: ['admin'], confirmed: true }
  const run = (name: string, input: object) => s.as(ann).run(policies.verbs.find((verb) => verb.name === name)!, input)

  before(async () => {
    s = await site()
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    const app = createWeb({ database: s.database, modules, operations, log: { error: console.error } })
    deputy = await member({ app, database: s.database, slug: s.organization.slug }, s.organization.id, ['deputy'])
    await s.write((tx) => addMember(tx, ann.accountId, ann.roles))
    await run('policy.draft', { policy: 'security', text: '# Security\n\nWe answer.' })
  })
  after(() => s.close())

  it('reach the second person by a mail that leads to one screen', async () => {
    await run('policy.submit', { policy: 'security' })
    const mails = await s.read((tx) => tx.db.selectFrom('mails').select('subject').where('subject', '=', 'Something waits for your approval').execute())
    assert.equal(mails.length, 2, 'to the deputy and the other administrator, and not to whoever asks')
    const page = await (await deputy.get('/desk/approvals')).text()
    assert.match(page, /Security, version 1/)
    assert.match(page, /We answer\./)
  })

  it('are given there, once by each, to the very text that was read', async () => {
    await s.as(ann).run(approvePolicy, { policy: 'security' })
    const { policies: [waiting] } = await s.as(ann).ask(listApprovals, {})
    assert.deepEqual([waiting!.yours, waiting!.policy], [true, 'security'])
    const other = await deputy.post('/desk/approvals/policies/security', { text_sha256: '0'.repeat(64) })
    assert.match(await other.text(), /no longer the one that you read/)
    assert.equal((await deputy.post('/desk/approvals/policies/security', { text_sha256: waiting!.text_sha256 })).status, 303)
    assert.deepEqual((await s.as(ann).ask(listApprovals, {})).policies, [])
    await run('policy.rehearse', { policy: 'security' })
    await run('policy.publish', { policy: 'security' })
  })

  it('leave an entry, although the verb that gives them declares none', async () => {
    const used = await s.read((tx) => tx.db.selectFrom('entries').select('marks').where('kind', '=', 'access.used').execute())
    assert.deepEqual(used.map(({ marks }) => (marks as unknown as Record<string, string>)['operation']), ['policy.approve', 'policy.approve'])
  })

  it('are all that a deputy decides', async () => {
    for (const path of ['/desk/reports', '/desk/members', '/desk/keys', '/desk/record']) assert.equal((await deputy.get(path)).status, 403, path)
  })
})
