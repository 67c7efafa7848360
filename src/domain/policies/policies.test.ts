import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { addMember } from '../../access/memberships.ts'
import type { Invalid } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { readEvents, sequenceAll } from '../../ledger/index.ts'
import { world, type World } from '../../../test/support/world.ts'
import type { Actor } from '../../access/actor.ts'
import { approvePolicy } from './approve-policy.ts'
import { checkPolicyQuery } from './check-policy.ts'
import { draftPolicy } from './draft-policy.ts'
import { explainCommitment } from './explain-commitment.ts'
import { policiesInForce, policyInForce } from './find.ts'
import { publishPolicy } from './publish-policy.ts'
import { diffPolicyQuery, listPoliciesQuery, readPolicyQuery } from './read-policy.ts'
import { rehearsePolicy } from './rehearse-policy.ts'
import { setPublication } from './set-publication.ts'
import { submitPolicy } from './submit-policy.ts'
import { withdrawPolicy } from './withdraw-policy.ts'

const text = (days: string, more = '') => `# Security

We answer every report within ${days}.[^ack] Please be kind. We may send a gift.${more}

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within ${days}.
`

describe('a policy', () => {
  let w: World
  let ann: Actor
  let ben: Actor
  const policy = 'security'
  const as = (actor: Actor) => w.as(actor)

  before(async () => {
    w = await world()
    const admin = (name: string): Actor => ({ kind: 'member', accountId: newId(), personName: name, roles: ['admin'], confirmed: true })
    ann = admin('Ann')
    ben = admin('Ben')
    await w.write(async (tx) => { for (const actor of [ann, ben]) if (actor.kind === 'member') await addMember(tx, actor.accountId, ['admin']) })
  })
  after(() => w.close())

  const entries = async () => {
    await sequenceAll(w.database, w.organization.id)
    return (await w.read((tx) => readEvents(tx, 0, 1000))).filter(({ kind }) => /^(?:policy|commitment)\./.test(kind))
  }

  it('is no policy yet while it is a draft', async () => {
    const drafted = await as(ann).run(draftPolicy, { policy, text: text('7 days') })
    assert.deepEqual(drafted, { policy, version: 1, problems: [] })
    assert.equal(await w.read(policyInForce), null)
    await assert.rejects(w.as('nobody').ask(readPolicyQuery, { policy }), { code: 'not_found' })
  })

  it('cannot be submitted with a rule that cannot be read', async () => {
    await as(ann).run(draftPolicy, { policy, text: text('7 dayz') })
    const refused = { code: 'policy_has_problems', message: /Line 5, column \d+: “dayz” — did you mean “days”\?/ }
    await assert.rejects(as(ann).run(submitPolicy, { policy }), refused)
  })

  it('needs a title', async () => {
    await assert.rejects(as(ann).run(draftPolicy, { policy, text: 'No heading' }), (error: Invalid) => /Begin with a heading/.test(error.fields.text!))
  })

  it('takes two different people to approve, and a rehearsal', async () => {
    await as(ann).run(draftPolicy, { policy, text: text('7 days') })
    await assert.rejects(as(ann).run(approvePolicy, { policy }), { code: 'not_under_review' })
    await as(ann).run(submitPolicy, { policy })
    await as(ann).run(approvePolicy, { policy })
    await assert.rejects(as(ann).run(approvePolicy, { policy }), { code: 'already_approved' })
    await assert.rejects(as(ann).run(publishPolicy, { policy }), { code: 'approval_missing', message: /two different people, and one has/ })
    await as(ben).run(approvePolicy, { policy })
    await assert.rejects(as(ann).run(publishPolicy, { policy }), { code: 'not_rehearsed' })
    const { standings } = await as(ann).run(rehearsePolicy, { policy })
    assert.deepEqual(standings.map(({ mark, standing }) => [mark, standing]), [['ack', 'unproven']])
  })

  it('loses its approvals when it is rewritten', async () => {
    await as(ann).run(draftPolicy, { policy, text: text('7 days') })
    await as(ann).run(submitPolicy, { policy })
    await assert.rejects(as(ann).run(publishPolicy, { policy }), { code: 'approval_missing', message: /Nobody has/ })
  })

  const approve = async () => {
    await as(ann).run(submitPolicy, { policy })
    await as(ann).run(approvePolicy, { policy })
    await as(ben).run(approvePolicy, { policy })
    await as(ann).run(rehearsePolicy, { policy })
  }

  it('shows a standing to everybody only once it is approved and rehearsed', async () => {
    const show = () => as(ann).run(setPublication, { policy, marks: ['ack'], publication: 'public' })
    await assert.rejects(show(), { code: 'approval_missing' })
    await as(ann).run(draftPolicy, { policy, text: text('7 days') })
    await approve()
    await show()
    await assert.rejects(as(ann).run(setPublication, { policy, marks: ['nope'], publication: 'public' }), { code: 'not_found' })
  })

  it('is in force when it is published, and its entry says what it promises', async () => {
    await as(ann).run(publishPolicy, { policy })
    const inForce = await w.read(policyInForce)
    assert.equal(inForce?.version, 1)
    const [published] = await entries()
    assert.equal(published?.kind, 'policy.published')
    assert.deepEqual(published?.facts, {
      policy, title: 'Security', version: 1, text_sha256: inForce?.text_sha256,
      in_force_at: '2026-01-05T09:00:00Z', significant: false, summary: '', approvals: 2,
      commitments: [{
        mark: 'ack', sentence: 'We answer every report within 7 days.', rule: 'Every `report.received` is followed by `report.acknowledged` within 7 days.',
        publication: 'public', public_from: '2026-01-05T09:00:00Z',
      }],
      changed: [], withdrawn: [], requests: 1, permissions: 1,
    })
    assert.deepEqual((await w.as('nobody').ask(listPoliciesQuery, {})).policies.map((one) => one.version), [1])
  })

  it('takes force later where that is said, and never in the past', async () => {
    await as(ann).run(draftPolicy, { policy, text: text('5 days', ' We care.'), summary: 'Five days instead of seven.', significant: true })
    await approve()
    await assert.rejects(as(ann).run(publishPolicy, { policy, in_force_at: '2026-01-01T00:00:00Z' }), { code: 'invalid_input' })
    await as(ann).run(publishPolicy, { policy, in_force_at: '2026-02-01T00:00:00+01:00' })
    assert.equal((await w.read(policyInForce))?.version, 1)
    w.clock.set('2026-02-01T00:00:00Z')
    assert.equal((await w.read(policyInForce))?.version, 2)
    const kinds = (await entries()).map((entry) => entry.kind)
    assert.deepEqual(kinds, ['policy.published', 'policy.published', 'policy.changed-significantly'])
    assert.deepEqual((await entries())[1]?.facts?.changed, ['ack'])
  })

  it('shows the difference between versions, to everybody only of what was published', async () => {
    await as(ann).run(draftPolicy, { policy, text: text('3 days') })
    const { parts } = await w.as('nobody').ask(diffPolicyQuery, { policy })
    const changes = parts.filter(({ change }) => change !== 'same').map(({ change, text: part }) => `${change} ${part}`)
    assert.deepEqual(changes, ['removed 7', 'added 5', 'added  We care.', 'removed 7', 'added 5'])
    assert.equal((await as(ann).ask(diffPolicyQuery, { policy })).to, 3)
    await assert.rejects(w.as('nobody').ask(readPolicyQuery, { policy, version: 3 }), { code: 'not_found' })
  })

  it('lets the company explain a missed target, beside the record', async () => {
    await as(ann).run(explainCommitment, { policy, mark: 'ack', explanation: 'A mail server was down.' })
    assert.deepEqual((await entries()).at(-1)?.facts, { policy, mark: 'ack', explanation: 'A mail server was down.' })
  })

  it('writes an entry when a published commitment is shown to somebody else', async () => {
    await as(ann).run(setPublication, { policy, marks: ['ack'], publication: 'auditor' })
    assert.deepEqual((await entries()).at(-1)?.facts, { policy, mark: 'ack', publication: 'auditor' })
  })

  it('can be withdrawn, and then nothing is in force', async () => {
    await as(ann).run(withdrawPolicy, { policy, reason: 'Replaced by another page.' })
    assert.deepEqual(await w.read(policiesInForce), [])
    await assert.rejects(as(ann).run(draftPolicy, { policy, text: text('7 days') }), { code: 'policy_withdrawn' })
  })

  it('is written by those alone who may', async () => {
    await assert.rejects(w.as('triager').run(draftPolicy, { policy: 'other', text: text('7 days') }), { code: 'forbidden' })
    await assert.rejects(w.as('nobody').ask(checkPolicyQuery, { text: 'x' }), { code: 'unauthenticated' })
  })

  it('is checked sentence by sentence without being saved', async () => {
    const check = await as(ann).ask(checkPolicyQuery, { text: text('7 days') })
    assert.deepEqual(check.promises.map(({ mark, words, examples }) => ({ mark, words, first: examples[0] })), [{
      mark: 'ack', words: 'Whenever a report is received, it is acknowledged within seven days.',
      first: 'If `report.received` is recorded on Sunday 1 February 2026, 00:00, `report.acknowledged` is due by the end of Saturday 7 February 2026.',
    }])
    assert.deepEqual([check.requests.map((one) => one.text), check.permissions.map((one) => one.text)], [['Please be kind.'], ['We may send a gift.']])
  })
})

describe('an organisation with one person', () => {
  it('needs one approval, and its entry says so', async () => {
    const w = await world()
    const ann: Actor = { kind: 'member', accountId: newId(), personName: 'Ann', roles: ['admin'], confirmed: true }
    await w.write((tx) => addMember(tx, ann.accountId, ['admin']))
    const run = w.as(ann).run
    await run(draftPolicy, { policy: 'security', text: text('7 days') })
    await run(submitPolicy, { policy: 'security' })
    const { approvals } = await run(approvePolicy, { policy: 'security' })
    assert.deepEqual(approvals, { given: 1, needed: 1 })
    await run(rehearsePolicy, { policy: 'security' })
    await run(publishPolicy, { policy: 'security' })
    assert.equal((await w.read(policyInForce))?.version, 1)
    await w.close()
  })
})
