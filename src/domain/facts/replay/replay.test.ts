import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { world, type World } from '../../../../test/support/world.ts'
import type { Actor } from '../../../access/actor.ts'
import { newId } from '../../../lib/ids.ts'
import { stageAttachment } from '../../../seal/attachments.ts'
import { closeReport } from '../../reports/close-report.ts'
import { eraseReport } from '../../reports/erase-report.ts'
import { submitReport } from '../../reports/submit-report.ts'
import '../index.ts'
import { safeName } from './replay.ts'
import { listReplays, replayReport } from './request-replay.ts'
import { recordReplay, replayJob, type ReplaySettings } from './run-replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'replays-'))
const program = (name: string, text: string) => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  return join(folder, name)
}
const alive = (pid: string) => existsSync(`/proc/${pid.trim()}`) && !/\) Z /.test(readFileSync(`/proc/${pid.trim()}/stat`, 'utf8'))

describe('running a reproducer', () => {
  let w: World
  before(async () => { w = await world() })
  beforeEach(() => w.clock.advance({ minutes: 1 }))
  after(async () => {
    await w.close()
    rmSync(folder, { recursive: true })
  })

  const system: Actor = { kind: 'system', job: 'report.replay' }
  const ada: Actor = { kind: 'member', accountId: newId(), personName: 'Ada', roles: ['triager'], confirmed: true }
  const submit = async (more: object = {}) =>
    (await w.as('nobody').run(submitReport, { title: 'It breaks', description: 'It does.', proof_of_concept: 'echo overflow', good_faith: true, ...more }))
      .report
  const perform = (replay: string, settings: ReplaySettings) =>
    replayJob(settings).run({ database: w.database, organizationId: w.organization.id, actor: system, signal: AbortSignal.timeout(60_000) }, { replay })
  const ran = async (report: string, command: string | undefined, asked: object = {}, seconds = 20) => {
    const { replay } = await w.as(ada).run(replayReport, { report, ...asked })
    await perform(replay, { seconds, ...command && { command } })
    const { replays } = await w.as(ada).ask(listReplays, { report })
    return replays.find(({ id }) => id === replay)!
  }
  const rowOf = (report: string) =>
    w.read((tx) => tx.db.selectFrom('reports').select(['queue', 'queue_reasons']).where('id', '=', report).executeTakeFirstOrThrow())
  const recorded = async () => (await w.read((tx) => tx.db.selectFrom('entries').select('id').where('kind', '=', 'report.replayed').execute())).length

  it('records whether what was expected appeared, and a match makes it proven', async () => {
    const report = await submit()
    const before = await recorded()
    const { result, outcome } = await ran(report, '/bin/sh', { expected: 'overflow' })
    assert.equal(result, 'matched')
    assert.deepEqual([outcome!.output, outcome!.runs.map(({ exit_code: code, ended }) => [code, ended])], ['overflow\n', [[0, 'by itself']]])
    assert.equal(await recorded(), before + 1)
    assert.equal((await rowOf(report)).queue, 'proven')
  })

  it('records what did not, by the exit code where no text is expected', async () => {
    const report = await submit({ proof_of_concept: 'exit 3' })
    const { result, outcome } = await ran(report, '/bin/sh')
    assert.deepEqual([result, outcome!.runs[0]!.exit_code], ['not-matched', 3])
    assert.ok((await rowOf(report)).queue_reasons.includes('replay-failed'))
    assert.equal((await ran(report, '/bin/sh', { expected: 'overflow' })).result, 'not-matched')
  })

  it('tells how often it matched where it does not always', async () => {
    const count = join(folder, 'count')
    const command = program('now-and-then', `echo x >> ${count}; test $(wc -l < ${count}) -eq 3 && echo overflow; true`)
    const { result, outcome } = await ran(await submit(), command, { expected: 'overflow', runs: 4 })
    assert.deepEqual([result, outcome!.runs.map(({ matched }) => matched), outcome!.output], ['matched', [false, false, true, false], 'overflow\n'])
  })

  it('hands over one file in an empty folder and nothing of our surroundings, and leaves nothing behind', async () => {
    const file = await stageAttachment(w.database, w.organization.id, { name: '-rf ../evil;$(id).py', type: '' }, [Buffer.from('print(1)')] as never)
    const report = await submit({ attachments: [file.id] })
    process.env['CANARY'] = 'secret'
    const { outcome } = await ran(report, program('look', 'pwd; ls -A; cat "$1"; env; ls /proc/self/fd'), { file: file.id })
    delete process.env['CANARY']
    const [place, name, ...rest] = outcome!.output.split('\n')
    assert.match(name!, /^[\w][\w.-]*\.py$/)
    assert.ok(rest[0]!.startsWith('print(1)'))
    assert.ok(!outcome!.output.includes('secret') && !outcome!.output.includes('node_modules'))
    assert.equal(existsSync(place!), false)
    assert.deepEqual(['../../x', '', '...', 'a b'].map(safeName), ['_.._x', 'reproducer', 'reproducer', 'a_b'])
  })

  it('ends what takes too long or prints too much, with all that it started', async () => {
    const pid = join(folder, 'pid')
    const slow = await ran(await submit(), program('slow', `sleep 300 & echo $! > ${pid}; echo begun; sleep 300`), { expected: 'never' }, 1)
    assert.deepEqual([slow.result, slow.outcome!.runs[0]!.ended, slow.outcome!.output], ['failed', 'time is over', 'begun\n'])
    const loud = await ran(await submit(), program('loud', 'yes'), { expected: 'never' })
    assert.deepEqual([loud.result, loud.outcome!.runs[0]!.ended, loud.outcome!.cut], ['not-matched', 'too much output', true])
    const quick = await ran(await submit(), program('quick', `sleep 300 > /dev/null 2>&1 & echo $! > ${pid}.2; echo done`), { expected: 'done' })
    assert.equal(quick.result, 'matched')
    for (let left = 100; left > 0 && [pid, `${pid}.2`].some((one) => alive(readFileSync(one, 'utf8'))); left--) await pause(20)
    for (const one of [pid, `${pid}.2`]) assert.equal(alive(readFileSync(one, 'utf8')), false)
  })

  it('says so where nothing is set up, or what is cannot be run', async () => {
    const report = await submit()
    const before = await rowOf(report)
    assert.deepEqual([(await ran(report, undefined)).outcome!.problem, (await ran(report, '/nonexistent/sandbox')).outcome!.problem],
      ['no command is set up', 'the command that is set up cannot be run'])
    assert.deepEqual(await rowOf(report), before)
  })

  it('takes a person who shows that it is they, and a file of this very report', async () => {
    const report = await submit()
    await assert.rejects(w.as({ ...ada, confirmed: false } as Actor).run(replayReport, { report }), { code: 'confirmation_needed' })
    await assert.rejects(w.as({ kind: 'machine', keyId: newId(), roles: ['triager'], verbs: ['report.replay'] } as Actor).run(replayReport, { report }),
      { code: 'person_needed' })
    await assert.rejects(w.as('auditor').run(replayReport, { report }), { code: 'forbidden' })
    await assert.rejects(w.as(ada).run(replayReport, { report, file: newId() }), { code: 'not_found' })
    const outcome = { runs: [], output: '', cut: false, problem: '' }
    await assert.rejects(w.as('admin').run(recordReplay, { replay: newId(), outcome }), { code: 'forbidden' })
  })

  it('is forgotten with the report, before it runs and after', async () => {
    const report = await submit()
    await ran(report, '/bin/sh')
    const { replay } = await w.as(ada).run(replayReport, { report })
    await w.as(ada).run(closeReport, { report, reason: 'informative', message: 'Thank you.' })
    await w.as('admin').run(eraseReport, { report, what: 'content' })
    await perform(replay, { command: '/bin/sh', seconds: 5 })
    assert.deepEqual((await w.as(ada).ask(listReplays, { report })).replays, [])
  })
})
