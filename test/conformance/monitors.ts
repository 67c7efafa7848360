/**
 * Traces with verdicts computed by the reference oracle of NASA FRET, one JSON object a line: pattern, scope, `within` in ticks, `end`,
 * and `trace` as [tick, letter]. A is the trigger, what must come first, or what must not come; B the response, or what comes after; Q bounds the scope.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createEngine, type LedgerEvent } from 'avow-verify'
import { filesBelow } from './files.ts'
import { attempt, type Judge } from './verdict.ts'

interface Trace {
  pattern: 'response' | 'absence' | 'precedence'
  scope: 'globally' | 'before' | 'after'
  within?: number
  end: number
  trace: [tick: number, letter: string][]
}

const HOUR_MS = 3_600_000

const scopes = { globally: '', before: 'before `t.q`, ', after: 'after `t.q`, ' }
const bodies = {
  response: ({ within }: Trace) => `every \`t.a\` is followed by \`t.b\` within ${within} hours`,
  absence: () => '`t.a` never happens',
  precedence: () => '`t.b` happens only after `t.a`',
}

/** What our engine says about one trace, a tick being an hour. */
export function judge(line: Trace): { violated: boolean } {
  const engine = createEngine()
  const rule = `${scopes[line.scope]}${bodies[line.pattern](line)}.`
  const commitments = [{ mark: 'm', sentence: 'A promise.', rule }]
  const start = [
    event(0, -1, 'source.connected', { source: 'trace', kinds: ['t.a', 't.b', 't.q'], vouch: 'machine' }),
    event(1, -1, 'policy.published', { policy: 'p', version: 1, commitments }),
  ]
  const ticks = line.trace.map(([tick, letter], i) => event(i + 2, tick, `t.${letter.toLowerCase()}`))
  for (const one of [...start, ...ticks]) engine.feed(one)
  engine.advance(line.end * HOUR_MS)
  return { violated: engine.standings()[0]!.record.missed > 0 }
}

function event(index: number, tick: number, kind: string, facts?: Record<string, unknown>): LedgerEvent {
  return { index, at: tick * HOUR_MS, kind, cases: {}, marks: {}, ...facts && { facts } }
}

export const monitors: Judge = async function* (folder) {
  for (const file of filesBelow(folder)) {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    for (const [i, text] of lines.entries()) yield await attempt(`${basename(file)}:${i + 1}`, () => compare(JSON.parse(text)))
  }
}

function compare(line: Trace & { violated: boolean }): string | undefined {
  const { violated } = judge(line)
  return violated === line.violated ? undefined : `${violated ? 'violated' : 'kept'} where it is ${line.violated ? 'violated' : 'kept'}`
}
