import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import { job, type OrganizationJob, type OrganizationWork } from '../../../jobs/index.ts'
import { append, factsOf } from '../../../ledger/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import { readAttachment } from '../../../seal/attachments.ts'
import { openJson, sealJson } from '../../../seal/envelope.ts'
import { runVerb } from '../../../verbs/run.ts'
import { verb } from '../../../verbs/verb.ts'
import { getReport, lockReport, unlessErased, type ReportedFacts } from '../../reports/index.ts'
import { reclassify } from '../../triage/index.ts'
import { reportReplayed } from '../kinds.ts'
import { NoSuchProgram, runChild, type Ran } from '../run-child.ts'
import { matches, outcomeContext, requestContext, resultOf, safeName, type Outcome, type Request } from './replay.ts'

export interface ReplaySettings {
  /** An absolute path and arguments; none: nothing is ever run. */
  readonly command?: string
  readonly seconds: number
}

const MB = 1024 * 1024
const mostOutput = MB
const mostKept = 64 * 1024

/** Runs what was asked for, each time in an empty folder that holds nothing but the reproducer, and records what came of it. */
export const replayJob = ({ command, seconds }: ReplaySettings): OrganizationJob => job({
  name: 'report.replay', payload: z.object({ replay: z.uuid() }),
  async run(work, { replay }) {
    const { database, organizationId, actor, signal } = work
    const asked = await database.read(organizationId, async (tx) => {
      const row = await tx.db.selectFrom('report_replays').selectAll().where('id', '=', replay).where('ended_at', 'is', null).executeTakeFirst()
      const report = row && await getReport(tx, actor, row.report_id)
      if (!report || report.erased_at) return null
      const reported = await unlessErased(factsOf<ReportedFacts>(tx, report.received_entry_id))
      const request = await openJson<Request>(tx, report.content_key_id, requestContext(replay), row.request)
      return { report: report.id, request, proof: reported?.proof_of_concept ?? '' }
    })
    if (!asked) return
    const outcome = command ? await runAll(work, command.split(/\s+/), seconds, asked) : nothingRun('no command is set up')
    signal.throwIfAborted()
    await runVerb({ database }, recordReplay, actor, organizationId, { replay, outcome })
  },
})

interface Asked { readonly report: string; readonly request: Request; readonly proof: string }

const nothingRun = (problem: string): Outcome => ({ runs: [], output: '', cut: false, problem })

async function runAll(work: OrganizationWork, [file, ...args]: readonly string[], seconds: number, asked: Asked): Promise<Outcome> {
  const { expected, runs } = asked.request
  const all: Ran[] = []
  try {
    for (let i = 0; i < runs; i++) {
      all.push(await inEmptyFolder(work, asked, (cwd, name) => runChild(file!, [...args, `./${name}`], {
        cwd, env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: cwd, TMPDIR: cwd },
        timeoutMs: seconds * 1000, maxBytes: mostOutput, signal: work.signal,
      })))
    }
  } catch (error) {
    if (error instanceof NoSuchProgram) return nothingRun('the command that is set up cannot be run')
    if (error instanceof NotFound) return nothingRun('the file is not there any more')
    throw error
  }
  const told = all.find((ran) => matches(ran, expected)) ?? all.at(-1)!
  const printed = Buffer.concat([told.output, told.errors])
  return {
    runs: all.map((ran) => ({ exit_code: ran.code, ended: ran.ended, ms: ran.tookMs, matched: matches(ran, expected) })),
    output: printed.subarray(0, mostKept).toString('utf8'), cut: printed.length > mostKept, problem: '',
  }
}

type Use<T> = (folder: string, name: string) => Promise<T>

async function inEmptyFolder<T>({ database, organizationId }: OrganizationWork, { report, request, proof }: Asked, use: Use<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-replay-'))
  try {
    if (!request.file) {
      await writeFile(join(folder, 'reproducer'), proof, { mode: 0o600 })
      return await use(folder, 'reproducer')
    }
    const { name, content } = await readAttachment(database, organizationId, { kind: 'report', id: report }, request.file)
    await pipeline(content, createWriteStream(join(folder, safeName(name)), { mode: 0o600 }))
    return await use(folder, safeName(name))
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Nobody's permission: our own job alone says what came of a run. */
export const recordReplay = verb({
  name: 'report.record-replay', summary: 'Record what came of running a report’s reproducer.', may: 'replays.record', entries: ['report.replayed'],
  input: z.object({
    replay: z.uuid(),
    outcome: z.object({
      runs: z.array(z.object({
        exit_code: z.number().nullable(), ended: z.enum(['by itself', 'time is over', 'too much output']), ms: z.number(), matched: z.boolean(),
      })),
      output: z.string(), cut: z.boolean(), problem: z.string(),
    }),
  }),
  async run({ tx, actor }, { replay, outcome }) {
    const row = await tx.db.selectFrom('report_replays').selectAll().where('id', '=', replay).where('ended_at', 'is', null).forUpdate().executeTakeFirst()
    if (!row) throw new NotFound()
    const { id, content_key_id: key } = await lockReport(tx, actor, row.report_id)
    const result = resultOf(outcome)
    const box = await sealJson(tx, key, outcomeContext(replay), outcome)
    await tx.db.updateTable('report_replays').set({ result, outcome: box, ended_at: timestampOf(tx.now) }).where('id', '=', replay).execute()
    await append(tx, reportReplayed, { subjects: { report: id }, marks: { result }, facts: { runs: outcome.runs, problem: outcome.problem }, keyId: key })
    if (result !== 'failed') await reclassify(tx, id, { replay: result === 'matched' ? 'ok' : 'failed' })
    return { result }
  },
})
