import { agree, type Cases } from './cases.ts'
import type { Scope } from './rule.ts'
import type { Condition, Tally, Verdict } from './tally.ts'

interface Held { cases: Cases; verdict: Verdict }

/**
 * Where a monitor's verdicts go: to the record at once, or, for the scope `between Q and R`, which binds only where R comes,
 * when R has come. Until then a missed one shows as due.
 */
export class Docket {
  #held: Held[] = []
  readonly #holds: boolean

  constructor(readonly tally: Tally, { scope }: Scope) { this.#holds = scope === 'between' }

  /** The condition that a missed one is in. */
  get missed(): Condition { return this.#holds ? 'due' : 'broken' }

  decide(cases: Cases, verdict: Verdict): void {
    if (this.#holds) this.#held.push({ cases, verdict })
    else this.tally.decide(verdict)
  }

  /** R has come: it was an interval, and binds. */
  commit(cases: Cases, at: number): void {
    if (this.#held.length === 0) return
    const [bound, free] = [this.#held.filter((held) => agree(held.cases, cases)), this.#held.filter((held) => !agree(held.cases, cases))]
    this.#held = free
    for (const { verdict } of bound) this.tally.decide({ ...verdict, at })
  }

  /** A wrong entry decides nothing. */
  correct(index: number, at: number): void {
    this.#held = this.#held.filter(({ verdict }) => !verdict.entries.includes(index))
    this.tally.correct(index, at)
  }

  save(): Held[] { return structuredClone(this.#held) }
  load(saved: readonly Held[]): void { this.#held = structuredClone([...saved]) }
}
