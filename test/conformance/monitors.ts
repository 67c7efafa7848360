/**
 * Traces with verdicts, one JSON object a line: entries A, B and Q at whole ticks, and whether the property is violated at tick `end`. Ours are judged by
 * the engine of the server and the verifier, one tick a minute, as a policy's only commitment.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createEngine } from 'avow-verify'
import { filesBelow } from './files.ts'
import { attempt, skipped, type Judge } from './verdict.ts'

interface Trace {
  id: number
  pattern: string
  scope: string
  within?: number
  end: number
  trace: [tick: number, event: string][]
  violated: boolean
}

const patterns: Record<string, (trace: Trace) => string> = {
  response: ({ within }) => `every \`a.done\` is followed by \`b.done\` within ${within} minutes`,
  precedence: () => '`b.done` happens only after `a.done`',
  absence: () => '`a.done` never happens',
}

const scopes: Record<string, string> = { globally: '', before: 'before `q.done`, ', after: 'after `q.done`, ' }

export const monitors: Judge = async function* (folder) {
  for (const file of filesBelow(folder)) {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    for (const line of lines) {
      const trace = JSON.parse(line) as Trace
      const name = `${basename(file)}:${trace.id}`
      const rule = ruleFor(trace)
      if (rule) yield await attempt(name, () => compare(rule, trace))
      else yield skipped(name, `no rule for the pattern ${trace.pattern} in the scope ${trace.scope}`)
    }
  }
}

function ruleFor(trace: Trace): string | undefined {
  const [scope, body] = [scopes[trace.scope], patterns[trace.pattern]?.(trace)]
  if (scope === undefined || body === undefined) return undefined
  const sentence = scope + body
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
}

/** The policy is in force a minute before the first tick. */
function compare(rule: string, { trace, end, violated }: Trace): string | undefined {
  const engine = createEngine()
  const moment = (tick: number) => (tick + 1) * 60_000
  const facts = { policy: 'p', version: 1, in_force_at: new Date(0).toISOString(), commitments: [{ mark: 'm', sentence: '', rule, publication: 'public' }] }
  const fed = { source: 'traces', kinds: ['a.done', 'b.done', 'q.done'], vouch: 'machine' }
  engine.feed({ index: 0, at: 0, kind: 'source.connected', cases: {}, marks: {}, facts: fed })
  engine.feed({ index: 1, at: 0, kind: 'policy.published', cases: { policy: 'p' }, marks: {}, facts })
  for (const [i, [tick, event]] of trace.entries()) {
    engine.feed({ index: i + 2, at: moment(tick), kind: `${event.toLowerCase()}.done`, cases: { thing: 't' }, marks: {} })
  }
  engine.advance(moment(end))
  const [standing] = engine.standings()
  if (!standing) return `“${rule}” has no standing`
  const missed = standing.standing === 'broken' || standing.record.missed > 0
  return missed === violated ? undefined : `“${rule}” is ${standing.standing}, against the verdict`
}
