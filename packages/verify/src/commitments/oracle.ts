import { agree, type Cases } from './cases.ts'
import type { LedgerEvent } from './event.ts'
import type { KindPattern, Pattern, Rule } from './rule.ts'

export const HOUR_MS = 3_600_000

/**
 * What a rule says about a finite trace, by looking at the whole of it again for every position: slow, and simple enough to be
 * believed. The monitors are held against it. All durations are hours; the rule is judged from moment 0, before the first event.
 */
export interface Outcome { total: number; in_time: number; missed: number; open: number }
interface Span { from: number; cases: Cases; until: number }

export function oracle(rule: Rule, trace: readonly LedgerEvent[], end: number): Outcome {
  return new Oracle(rule, trace, end).outcome()
}

class Oracle {
  readonly #outcome: Outcome = { total: 0, in_time: 0, missed: 0, open: 0 }
  readonly #spans: Span[]

  constructor(readonly rule: Rule, readonly trace: readonly LedgerEvent[], readonly end: number) { this.#spans = this.#scopeSpans() }

  outcome(): Outcome {
    const { body } = this.rule
    switch (body.pattern) {
      case 'response': this.#response(body); break
      case 'recurrence': this.#recurrence(body.kind, body.every.count * HOUR_MS, true); break
      case 'precedence': this.#precedence(body); break
      case 'absence': this.#absence(body); break
      case 'universality': this.#universality(body)
    }
    return this.#outcome
  }

  #all(pattern: KindPattern): number[] { return this.trace.flatMap((event, i) => matches(pattern, event) ? [i] : []) }
  #first(pattern: KindPattern, after: number, cases: Cases): number {
    return this.#all(pattern).find((i) => i > after && agree(this.trace[i]!.cases, cases)) ?? Infinity
  }

  #endOfScope(after: number, cases: Cases): number { return 'r' in this.rule.scope ? this.#first(this.rule.scope.r, after, cases) : Infinity }
  #at(i: number): number { return i === Infinity ? Infinity : this.trace[i]!.at }

  #scopeSpans(): Span[] {
    const { scope } = this.rule
    if (!('q' in scope)) return []
    const spans: Span[] = []
    for (const i of this.#all(scope.q)) {
      const { cases } = this.trace[i]!
      const within = spans.some((span) => JSON.stringify(span.cases) === JSON.stringify(cases) && span.from < i && i < span.until)
      if (!within) spans.push({ from: i, cases, until: this.#endOfScope(i, cases) })
    }
    return spans
  }

  #inScope(i: number): boolean {
    const { scope } = this.rule
    const { cases } = this.trace[i]!
    if (scope.scope === 'globally') return true
    if (scope.scope === 'before') return !this.#all(scope.r).some((j) => j <= i && agree(this.trace[j]!.cases, cases))
    return this.#spans.some((span) => span.from < i && i < span.until && agree(span.cases, cases))
  }

  /** `between` binds only where R comes. */
  #decide(kept: boolean, i: number, cases: Cases): void {
    const binds = this.rule.scope.scope !== 'between' || this.#endOfScope(i, cases) < Infinity
    if (!binds) return
    this.#outcome.total++
    this.#outcome[kept ? 'in_time' : 'missed']++
  }

  #response({ trigger, responses, within }: Extract<Pattern, { pattern: 'response' }>): void {
    for (const i of this.#all(trigger).filter((one) => this.#inScope(one))) {
      const { cases } = this.trace[i]!
      const answered = Math.min(...responses.map((response) => this.#first(response, i, cases)))
      const lapsed = this.#endOfScope(i, cases)
      const over = Math.min(answered, lapsed)
      if (this.#elapsed(i, over, cases) > within.count * HOUR_MS) this.#decide(false, i, cases)
      else if (answered < lapsed) this.#decide(true, i, cases)
      if (over === Infinity) this.#outcome.open++
    }
  }

  /** Time that counts from one event to another; to the end of the trace, just after it. */
  #elapsed(from: number, to: number, cases: Cases): number {
    let sum = 0
    for (let i = from; i < Math.min(to, this.trace.length); i++) {
      const next = i + 1 < this.trace.length ? this.#at(i + 1) : this.end + 1
      if (!this.#paused(i, cases)) sum += next - this.#at(i)
    }
    return sum
  }

  #paused(after: number, cases: Cases): boolean {
    return this.rule.pauses.some(({ from, to }) => this.#all(from).some((i) =>
      i <= after && agree(this.trace[i]!.cases, cases) && this.#first(to, i, this.trace[i]!.cases) > after))
  }

  #recurrence(kind: KindPattern, everyMs: number, counts: boolean): void {
    const { scope } = this.rule
    const whole = { from: -1, cases: {}, until: scope.scope === 'before' ? this.#first(scope.r, -1, {}) : Infinity }
    for (const span of 'q' in scope ? this.#spans : [whole]) {
      const done = this.#all(kind).filter((i) => span.from < i && i < span.until && agree(this.trace[i]!.cases, span.cases))
      this.#gaps(span, span.from < 0 ? 0 : this.#at(span.from), done, everyMs, counts)
    }
  }

  #gaps(span: Span, start: number, done: readonly number[], everyMs: number, counts: boolean): void {
    let anchor = start
    for (const i of done) {
      const late = this.#at(i) > anchor + everyMs
      if (late || counts) this.#decide(!late, span.from, span.cases)
      anchor = this.#at(i)
    }
    const last = anchor + everyMs
    const missed = last <= this.end && last < this.#at(span.until)
    if (missed) this.#decide(false, span.from, span.cases)
    if (span.until === Infinity && (missed || done.length === 0)) this.#outcome.open++
  }

  #precedence({ then, first }: Extract<Pattern, { pattern: 'precedence' }>): void {
    for (const i of this.#all(then).filter((one) => this.#inScope(one))) {
      const { cases } = this.trace[i]!
      const came = (kind: KindPattern, until: number) =>
        this.#all(kind).some((j) => j <= until && this.#counts(j, until) && agree(this.trace[j]!.cases, cases))
      const missing = (until: number) => first.some((kind) => !came(kind, until))
      const kept = !missing(i)
      this.#decide(kept, i, cases)
      const lapsed = this.#endOfScope(i, cases)
      const mended = this.trace.findIndex((_, k) => k > i && k < lapsed && !missing(k))
      if (!kept && lapsed === Infinity && mended < 0) this.#outcome.open++
    }
  }

  /** What came first in one interval is nothing in the next. */
  #counts(j: number, until: number): boolean {
    const cleared = this.#spans.some((span) => agree(span.cases, this.trace[j]!.cases) && j < span.until && span.until <= until)
    return this.#inScope(j) && !cleared
  }

  #absence({ kind, most }: Extract<Pattern, { pattern: 'absence' }>): void {
    const { scope } = this.rule
    const happened = this.#all(kind).filter((i) => this.#inScope(i))
    if (scope.scope === 'before') return this.#absenceBefore(happened, scope.r, most)
    const spans = 'q' in scope ? this.#spans : [{ from: -1, cases: {}, until: Infinity }]
    for (const span of spans) {
      const inside = happened.filter((i) => span.from < i && i < span.until && agree(span.cases, this.trace[i]!.cases))
      for (const _ of inside.slice(most)) this.#decide(false, span.from, span.cases)
      if (inside.length <= most && span.until < Infinity) this.#decide(true, span.from, span.cases)
      if (inside.length > most && span.until === Infinity) this.#outcome.open++
    }
  }

  /** Each subject is counted for itself until R comes to it. */
  #absenceBefore(happened: readonly number[], r: KindPattern, most: number): void {
    const byCases = Map.groupBy(happened, (i) => JSON.stringify(this.trace[i]!.cases))
    const broken = [...byCases.values()].filter((same) => same.length > most).map((same) => ({ at: same[most]!, cases: this.trace[same[0]!]!.cases }))
    for (const same of byCases.values()) for (const i of same.slice(most)) this.#decide(false, i, {})
    this.#outcome.open += broken.filter(({ cases }) => this.#first(r, -1, cases) === Infinity).length
    for (const j of this.#all(r)) {
      const { cases } = this.trace[j]!
      if (this.#first(r, -1, cases) < j) continue
      const still = broken.some((one) => one.at < j && agree(one.cases, cases) && this.#first(r, one.at, one.cases) === j)
      if (!still) this.#decide(true, j, cases)
    }
  }

  /** Without a scope that opens, there is a clock for what each check names, from its first; and one for all until the first names something. */
  #freshness(check: KindPattern, everyMs: number): void {
    const { scope } = this.rule
    if ('q' in scope) return this.#recurrence(check, everyMs, false)
    const checks = this.#all(check).filter((i) => this.#inScope(i))
    const named = checks.find((i) => Object.keys(this.trace[i]!.cases).length > 0) ?? Infinity
    const until = scope.scope === 'before' ? this.#first(scope.r, -1, {}) : Infinity
    this.#gaps({ from: -1, cases: {}, until: Math.min(named, until) }, 0, checks.filter((i) => i < named), everyMs, false)
    for (const same of Map.groupBy(checks.filter((i) => i >= named), (i) => JSON.stringify(this.trace[i]!.cases)).values()) {
      const { cases, at } = this.trace[same[0]!]!
      this.#gaps({ from: same[0]!, cases, until: this.#endOfScope(-1, cases) }, at, same, everyMs, false)
    }
  }

  #universality({ check, every }: Extract<Pattern, { pattern: 'universality' }>): void {
    this.#freshness(check, every.count * HOUR_MS)
    for (const i of this.#all(check).filter((one) => this.#inScope(one))) {
      const { cases, marks } = this.trace[i]!
      this.#decide(marks.result === 'passed', i, cases)
      if (marks.result === 'passed' || this.#endOfScope(i, cases) < Infinity) continue
      const again = this.#all(check).some((j) => j > i && this.#inScope(j) && agree(this.trace[j]!.cases, cases)
        && (this.trace[j]!.marks.result === 'passed' || JSON.stringify(this.trace[j]!.cases) === JSON.stringify(cases)))
      if (!again) this.#outcome.open++
    }
  }
}

function matches({ kind, where }: KindPattern, event: LedgerEvent): boolean {
  return event.kind === kind && where.every(({ mark, negated, values }) => values.includes(event.marks[mark] ?? '') !== negated)
}
