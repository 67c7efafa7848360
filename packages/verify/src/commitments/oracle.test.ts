import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createEngine } from './engine.ts'
import type { LedgerEvent } from './event.ts'
import { HOUR_MS, oracle } from './oracle.ts'
import { parseRule } from './parse.ts'
import { printRule } from './print.ts'
import type { Duration, KindPattern, Pattern, Rule, Scope } from './rule.ts'

const nameOf = (letter: string) => letter === 'k' ? 'check.k' : `t.${letter}`
const kind = (letter: string): KindPattern => ({ kind: nameOf(letter), where: [] })
const maybeHigh = (letter: string): fc.Arbitrary<KindPattern> =>
  fc.constantFrom(kind(letter), { ...kind(letter), where: [{ mark: 'severity', negated: false, values: ['high'] }] })
const hours = fc.integer({ min: 1, max: 6 }).map((count): Duration => ({ count, unit: 'hours' }))

const bodies: Record<Pattern['pattern'], fc.Arbitrary<Pattern>> = {
  response: fc.record({
    pattern: fc.constant('response' as const), trigger: maybeHigh('a'), within: hours,
    responses: fc.constantFrom([kind('b')], [kind('b'), kind('c')], [kind('a')]),
  }),
  recurrence: fc.record({ pattern: fc.constant('recurrence' as const), kind: maybeHigh('a'), every: hours, fixed: fc.constant(false) }),
  precedence: fc.record({ pattern: fc.constant('precedence' as const), then: maybeHigh('b'), first: fc.constantFrom([kind('a')], [kind('a'), kind('c')]) }),
  absence: fc.record({ pattern: fc.constant('absence' as const), kind: maybeHigh('a'), most: fc.constantFrom(0, 0, 1, 2) }),
  universality: fc.record({ pattern: fc.constant('universality' as const), check: fc.constant(kind('k')), every: hours }),
}

const scopes: Record<Scope['scope'], Scope> = {
  globally: { scope: 'globally' },
  before: { scope: 'before', r: kind('r') },
  after: { scope: 'after', q: kind('q') },
  between: { scope: 'between', q: kind('q'), r: kind('r') },
  'after until': { scope: 'after until', q: kind('q'), r: kind('r') },
}

// One shape of cases in a trace, as entry kinds declare it; some kinds may be about nothing in particular.
const subjects = { none: fc.constant({}), one: fc.constantFrom({ x: '1' }, { x: '2' }) }
const step = (cases: fc.Arbitrary<Record<string, string>>, about: readonly string[]) => fc.record({
  gap: fc.integer({ min: 0, max: 4 }), letter: fc.constantFrom('a', 'a', 'b', 'b', 'c', 'k', 'k', 'q', 'r', 'v', 'w'), cases,
  marks: fc.record({ severity: fc.constantFrom('high', 'low'), result: fc.constantFrom('passed', 'failed') }),
}).map((one) => ({ ...one, cases: about.includes(one.letter) ? one.cases : {} }))

const traces = fc.constantFrom<[keyof typeof subjects, string[]]>(['none', []], ['one', [...'abckqrvw']], ['one', ['a', 'b', 'k', 'q', 'r']])
  .chain(([which, about]) => fc.record({ steps: fc.array(step(subjects[which], about), { maxLength: 16 }), rest: fc.integer({ min: 0, max: 8 }) }))
  .map(({ steps, rest }) => {
    let tick = 1
    const trace = steps.map(({ gap, letter, cases, marks }, i): LedgerEvent =>
      ({ index: i + 2, at: (tick += gap) * HOUR_MS, kind: nameOf(letter), cases, marks }))
    return { trace, end: (tick + rest) * HOUR_MS }
  })

function engineFor(rule: Rule) {
  const engine = createEngine()
  const kinds = [...'abckqrvw'].map(nameOf)
  engine.feed({ index: 0, at: 0, kind: 'source.connected', cases: {}, marks: {}, facts: { source: 's', kinds, vouch: 'machine' } })
  const commitments = [{ mark: 'm', sentence: 'A promise.', rule: printRule(rule) }]
  engine.feed({ index: 1, at: 0, kind: 'policy.published', cases: {}, marks: {}, facts: { policy: 'p', version: 1, commitments } })
  return engine
}

const pause = { from: kind('v'), to: kind('w') }

for (const pattern of Object.keys(bodies) as Pattern['pattern'][]) {
  describe(`${pattern}, held against the whole trace`, () => {
    for (const [name, scope] of Object.entries(scopes)) {
      it(`decides the same, scope ${name}`, () => {
        const rules = fc.record({ body: bodies[pattern], scope: fc.constant(scope), pauses: fc.constantFrom([], pattern === 'response' ? [pause] : []) })
        fc.assert(fc.property(rules, traces, (rule, { trace, end }) => {
          const engine = engineFor(rule)
          for (const event of trace) engine.feed(event)
          engine.advance(end)
          const { median_ms: _, ...record } = engine.standings()[0]!.record
          assert.deepEqual(record, oracle(rule, trace, end), printRule(rule))
        }), { numRuns: 400 })
      })
    }
  })
}

describe('the engine', () => {
  it('goes on from a snapshot as if it had never stopped', () => {
    const anyRule = fc.oneof(...Object.values(bodies)).chain((body) =>
      fc.record({ body: fc.constant(body), scope: fc.constantFrom(...Object.values(scopes)), pauses: fc.constantFrom([], [pause]) }))
    fc.assert(fc.property(anyRule, traces, fc.nat(16), (rule, { trace, end }, cut) => {
      if ('errors' in parseRule(printRule(rule))) return
      const straight = engineFor(rule)
      let resumed = engineFor(rule)
      for (const [i, event] of trace.entries()) {
        if (i === cut) resumed = createEngine().restore(JSON.parse(JSON.stringify(resumed.snapshot())))
        straight.feed(event)
        resumed.feed(event)
      }
      straight.advance(end)
      resumed.advance(end)
      assert.deepEqual(resumed.standings(), straight.standings())
      assert.deepEqual(resumed.duties(), straight.duties())
      assert.deepEqual(JSON.parse(JSON.stringify(resumed.snapshot())), JSON.parse(JSON.stringify(straight.snapshot())))
    }), { numRuns: 600 })
  })

  it('does not care in how many steps time passes', () => {
    const anyRule = fc.oneof(...Object.values(bodies)).chain((body) =>
      fc.record({ body: fc.constant(body), scope: fc.constantFrom(...Object.values(scopes)), pauses: fc.constantFrom([], [pause]) }))
    fc.assert(fc.property(anyRule, traces, fc.array(fc.integer({ min: 0, max: 3 })), (rule, { trace, end }, looks) => {
      const [once, often] = [engineFor(rule), engineFor(rule)]
      for (const [i, event] of trace.entries()) {
        once.feed(event)
        for (let look = 1; look <= (looks[i] ?? 0); look++) often.advance(event.at - 1 - Math.floor(HOUR_MS / look))
        often.advance(event.at - 1)
        often.feed(event)
      }
      once.advance(end)
      often.advance(end - 1)
      often.advance(end)
      assert.deepEqual(often.standings(), once.standings())
      assert.deepEqual(often.duties(), once.duties())
    }), { numRuns: 600 })
  })
})
