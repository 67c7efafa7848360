import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Actor } from '../../access/actor.ts'
import { newId } from '../../lib/ids.ts'
import { world, type World } from '../../../test/support/world.ts'
import { acceptReport } from '../reports/accept-report.ts'
import { closeReport } from '../reports/close-report.ts'
import { submitReport } from '../reports/submit-report.ts'
import { verifyReport } from '../reports/verify-report.ts'
import { askChallenge } from './effort.ts'
import { configureGates } from './settings.ts'
import { vouch } from './vouch.ts'
import '../triage/index.ts'

const told = { title: 'A way in', description: 'It opens.', steps: 'Push.', good_faith: true }
let networks = 0

describe('the gates', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())
  /** Somebody from a network of their own, unless told. */
  let visitor: Actor
  beforeEach(() => { visitor = { kind: 'nobody', from: { network: `203.0.113.${++networks}`, tor: false } } })

  const send = (given: object = {}, actor: Actor = visitor) => w.as(actor).run(submitReport, { ...told, ...given }) as Promise<{ report: string }>
  const classOf = async ({ report }: { report: string }) =>
    w.read((tx) => tx.db.selectFrom('reports').select(['queue', 'queue_reasons']).where('id', '=', report).executeTakeFirstOrThrow())

  async function challenge(actor = visitor) {
    const submission = newId()
    return { submission, ...await w.as(actor).ask(askChallenge, { submission }) as { opened: string; challenge: string } }
  }
  async function worked(actor = visitor) {
    const { submission, opened, challenge: asked } = await challenge(actor)
    const solution = await solveChallenge({ challenge: JSON.parse(asked), deriveKey })
    return { submission, opened, proof: Buffer.from(JSON.stringify({ challenge: JSON.parse(asked), solution })).toString('base64') }
  }
  async function accept(report: string) {
    await w.as('triager').run(verifyReport, { report, severity: 'low' })
    await w.as('triager').run(acceptReport, { report })
  }
  const person = (): Actor => ({ kind: 'person', accountId: newId(), personName: 'Ada', from: { network: `203.0.113.${++networks}`, tor: false } })

  it('takes in what was sent without any effort, and puts it among the suspect', async () => {
    const { queue, queue_reasons: reasons } = await classOf(await send())
    assert.equal(queue, 'suspect')
    assert.ok(reasons.includes('no-effort'))
  })

  it('counts a solved challenge, for its own report alone', async () => {
    const effort = await worked()
    assert.equal((await classOf(await send(effort))).queue, 'plausible')
    assert.equal((await classOf(await send({ ...effort, submission: newId() }))).queue, 'suspect')
  })

  it('counts a form that was open for a while, where no script runs', async () => {
    const { submission, opened } = await challenge()
    assert.equal((await classOf(await send({ submission, opened }))).queue, 'suspect')
    const slow = await challenge()
    w.clock.advance({ seconds: 20 })
    assert.equal((await classOf(await send({ submission: slow.submission, opened: slow.opened }))).queue, 'plausible')
  })

  it('believes no time that it did not sign', async () => {
    const { submission, opened } = await challenge()
    w.clock.advance({ seconds: 20 })
    const [epoch, ms, mac] = opened.split('.')
    assert.equal((await classOf(await send({ submission, opened: `${epoch}.${Number(ms) - 60_000}.${mac}` }))).queue, 'suspect')
    assert.equal((await classOf(await send({ submission: newId(), opened: `99.${ms}.${mac}` }))).queue, 'suspect')
    assert.equal((await classOf(await send({ submission: newId(), opened: 'x' }))).queue, 'suspect')
  })

  it('counts one network, and nobody who comes through Tor', async () => {
    await w.as('admin').run(configureGates, { per_network: 2, proof_of_work: false })
    const through = { kind: 'nobody', from: { network: '127.0.0.1', tor: true } } as const
    const classes = []
    for (let i = 0; i < 3; i++) classes.push((await classOf(await send())).queue)
    for (let i = 0; i < 3; i++) classes.push((await classOf(await send({}, through))).queue)
    assert.deepEqual(classes, ['plausible', 'plausible', 'suspect', 'plausible', 'plausible', 'plausible'])
  })

  it('stores no address of a network, and not the same for two days', async () => {
    const { report } = await send()
    const row = await w.read((tx) => tx.db.selectFrom('report_senders').selectAll().where('report_id', '=', report).executeTakeFirstOrThrow())
    assert.equal(row.kind, 'network')
    assert.match(row.hash.toString(), /^reports [0-9a-f-]+:[0-9a-f]{5}$/)
  })

  it('gives an unknown sender a trial quota, by an address that was only typed too', async () => {
    await w.as('admin').run(configureGates, { trial_open: 2, proof_of_work: false })
    const email = 'someone@example.org'
    const sent = [await send({ email }), await send({ email }), await send({ email: 'SOMEONE@example.org' })]
    assert.deepEqual((await Promise.all(sent.map(classOf))).map(({ queue }) => queue), ['plausible', 'plausible', 'suspect'])
    await w.as('triager').run(closeReport, { report: sent[0]!.report, reason: 'informative', message: 'Thank you.' })
    await w.as('triager').run(closeReport, { report: sent[1]!.report, reason: 'informative', message: 'Thank you.' })
    await w.as('triager').run(closeReport, { report: sent[2]!.report, reason: 'informative', message: 'Thank you.' })
    assert.equal((await classOf(await send({ email }))).queue, 'plausible')
  })

  it('knows an account by what was accepted, and no address that was only typed', async () => {
    await w.as('admin').run(configureGates, { trial_open: 1, proof_of_work: true })
    const [ada, email] = [person(), 'ada@example.org']
    await accept((await send({ email, ...await worked(ada) }, ada)).report)
    assert.ok((await classOf(await send({}, ada))).queue_reasons.includes('known-sender'))
    assert.ok(!(await classOf(await send({ email }))).queue_reasons.includes('known-sender'))
  })

  it('doubts whoever sent mostly nothing, by what a person decided and not a program', async () => {
    await w.as('admin').run(configureGates, { trial_open: 100, proof_of_work: false })
    const byProgram = person()
    for (let i = 0; i < 3; i++) {
      const { report } = await send({}, byProgram)
      await w.as({ kind: 'machine', keyId: newId(), roles: ['triager'] as never, verbs: 'all' }).run(closeReport, { report, reason: 'spam', message: 'No.' })
    }
    assert.equal((await classOf(await send({}, byProgram))).queue, 'plausible')
    const ada = person()
    for (let i = 0; i < 3; i++) await w.as('triager').run(closeReport, { report: (await send({}, ada)).report, reason: 'not applicable', message: 'No.' })
    assert.ok((await classOf(await send({}, ada))).queue_reasons.includes('doubtful-sender'))
    w.clock.advance({ hours: 24 * 366 })
    assert.equal((await classOf(await send({}, ada))).queue, 'plausible')
  })

  it('lets a known reporter vouch, by a code that nobody can guess and that is told once', async () => {
    await w.as('admin').run(configureGates, {})
    const { report } = await send(await worked())
    const reporter = w.as({ kind: 'reporter', reportId: report })
    await assert.rejects(reporter.run(vouch, { report }), { code: 'not_known_yet' })
    await accept(report)
    const { code } = await reporter.run(vouch, { report }) as { code: string }
    assert.match(code, /^([a-z0-9]{5}-){3}[a-z0-9]{5}$/)
    assert.ok((await classOf(await send({ voucher: code.toUpperCase() }))).queue_reasons.includes('vouched-sender'))
    await assert.rejects(send({ voucher: 'nobody-gave-this' }), { code: 'invalid_input' })
  })

  it('asks for the fields that the programme insists on, or why not', async () => {
    await w.as('admin').run(configureGates, { required: ['impact'] })
    await assert.rejects(send(), ({ fields }: { fields: Record<string, string> }) => 'impact' in fields)
    await send({ skipped: 'I cannot tell.' })
    await send({ impact: 'All of it.' })
    await w.as('admin').run(configureGates, {})
  })
})
