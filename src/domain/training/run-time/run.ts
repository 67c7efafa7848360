import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../../db/tx.ts'
import { NotFound } from '../../../lib/errors.ts'
import { verb } from '../../../verbs/verb.ts'
import { endAttempt } from '../end-attempt.ts'
import type { CourseVersion } from '../courses.ts'
import { versionOf, type Attempt } from '../find.ts'
import type { Package } from '../packages/manifest.ts'
import { isSuspended, outcomeOf } from './outcome.ts'
import { attemptIn } from './run-token.ts'

export interface Run { readonly attempt: Attempt; readonly version: CourseVersion; readonly slug: string; readonly package: Package }

/** The attempt that the address of a running package names. */
export async function runOf(tx: Tx, token: string, { lock = false } = {}): Promise<Run> {
  const id = attemptIn(tx, token)
  const found = tx.db.selectFrom('course_attempts').selectAll().where('id', '=', id)
  const attempt = id === null ? undefined : await (lock ? found.forUpdate() : found).executeTakeFirst()
  if (!attempt) throw new NotFound('This visit has run out. Go back, and open the course once more: what was reported is kept.')
  const [version, { slug }] = [await versionOf(tx, attempt.version_id),
    await tx.db.selectFrom('courses').select('slug').where('id', '=', attempt.course_id).executeTakeFirstOrThrow()]
  if (!version.package) throw new NotFound()
  return { attempt, version, slug, package: version.package }
}

const most = 300_000
const Values = z.record(z.string().regex(/^(cmi|adl)\.[\w.]+$/).max(200), z.string().max(70_000))
  .refine((values) => JSON.stringify(values).length <= most, `At most ${most} characters are kept.`)

/**
 * What a package says of itself, from the learner's browser: its word, and the entry says so. The token alone permits it, and it permits this one
 * attempt; a report that comes late or twice changes nothing.
 */
export const reportAttempt = verb({
  name: 'course.report', summary: 'Keep what a running package reports of its attempt. The token in its address permits it, and nothing else.',
  may: 'public.read', entries: ['training.passed'],
  input: z.object({
    run: z.string().max(100), part: z.string().max(500), at: z.number().int().min(0).describe('Grows with each report of one browser'), values: Values,
    over: z.boolean().describe('The part was left'),
  }),
  output: z.object({ passed: z.boolean().nullable() }),
  async run({ tx }, { run: token, part, at, values, over }) {
    const run = await runOf(tx, token, { lock: true })
    const { attempt, package: { items } } = run
    if (!items.some(({ id }) => id === part)) throw new NotFound()
    if (attempt.ended_at || at <= (attempt.reported[part]?.at ?? -1)) return { passed: attempt.passed }
    const reported = { ...attempt.reported, [part]: { at, values } }
    const { passed, score } = outcomeOf(run.package, reported, over && !isSuspended(reported[part]!))
    if (passed !== null) await endAttempt(tx, run, { passed, score })
    else await tx.db.updateTable('course_attempts').set({ reported: JSON.stringify(reported) }).where('id', '=', attempt.id).execute()
    return { passed }
  },
})

/** Where a file lies in the database, and how long it is. Packages made on Windows name their files in any case. */
export async function findFile(tx: Tx, versionId: string, path: string): Promise<{ path: string; size: number } | undefined> {
  return tx.db.selectFrom('package_files').select(['path', sql<number>`octet_length(content)`.as('size')]).where('version_id', '=', versionId)
    .where(sql<boolean>`lower(path) = lower(${path})`).orderBy(sql`path = ${path}`, 'desc').limit(1).executeTakeFirst()
}

/** A part of a file: `length` bytes from `from`. */
export async function readFilePart(tx: Tx, versionId: string, path: string, from: number, length: number): Promise<Buffer> {
  const { part } = await tx.db.selectFrom('package_files').select(sql<Buffer>`substr(content, ${from + 1}::int, ${length}::int)`.as('part'))
    .where('version_id', '=', versionId).where('path', '=', path).executeTakeFirstOrThrow()
  return part
}
