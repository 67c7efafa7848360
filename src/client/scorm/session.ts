import type { DataModel } from './data-model.ts'
import { Values, type Fault } from './values.ts'

/** How the two editions differ. */
export interface Dialect {
  readonly model: DataModel
  /** Before the names of elements that both have. */
  readonly prefix: 'cmi.core.' | 'cmi.'
  readonly faults: Readonly<Record<Fault, { get: number; set: number }>>
  /** The errors of a call before the part has begun, and after it has ended. */
  readonly before: Calls
  readonly afterwards: Calls
  readonly beginTwice: number
  readonly badArgument: number
  /** What is taken for said at the end by a part that never spoke of it. */
  readonly assumed: { readonly unless: readonly string[]; readonly element: string }
  seconds(span: string): number
  span(seconds: number): string
}

interface Calls { readonly end: number; readonly get: number; readonly set: number; readonly commit: number }

/** What a part has said, to be kept. `over`: it has ended. */
export type Keep = (values: Record<string, string>, over: boolean) => void

export interface About {
  readonly attempt: string
  readonly launchData: string
  readonly pass: number | null
  /** What the part said in earlier visits. */
  readonly values: Readonly<Record<string, string>>
}

/** One visit to one part: both editions' calls, whose words are only dressed differently. Every answer is text, as the standards say. */
export class Session {
  state: 'new' | 'running' | 'over' = 'new'
  lastError = 0
  readonly values: Values

  constructor(readonly dialect: Dialect, about: About, readonly keep: Keep) {
    const { prefix, model } = dialect
    // How the last visit ended, and where it asked to go, is that visit's own.
    const { [`${prefix}exit`]: exit, 'adl.nav.request': _, ...before } = about.values
    const old = prefix === 'cmi.core.'
    // A package is told no name: whoever takes the course is nobody else's business, and our certificate carries theirs.
    const ours = {
      [old ? 'cmi.core.student_id' : 'cmi.learner_id']: about.attempt, [old ? 'cmi.core.student_name' : 'cmi.learner_name']: 'Learner',
      [`${prefix}entry`]: exit === 'suspend' ? 'resume' : Object.keys(before).length === 0 ? 'ab-initio' : '',
      ...about.launchData && { 'cmi.launch_data': about.launchData },
      ...about.pass !== null && { [old ? 'cmi.student_data.mastery_score' : 'cmi.scaled_passing_score']: String(about.pass) },
    }
    this.values = new Values(model, before, ours)
  }

  begin(argument: unknown): string {
    if (!this.#isEmpty(argument)) return this.#failed(this.dialect.badArgument)
    if (this.state !== 'new') return this.#failed(this.state === 'running' ? this.dialect.beginTwice : this.dialect.beginTwice + 1)
    this.state = 'running'
    return this.#done()
  }

  end(argument: unknown): string {
    if (!this.#isEmpty(argument)) return this.#failed(this.dialect.badArgument)
    const refused = this.#refused('end')
    if (refused) return this.#failed(refused)
    this.state = 'over'
    this.#settle()
    this.keep(this.values.all(), true)
    return this.#done()
  }

  get(name: unknown): string {
    const refused = this.#refused('get')
    if (refused) return this.#failed(refused, '')
    const answer = this.values.get(String(name))
    if ('fault' in answer) return this.#failed(this.dialect.faults[answer.fault].get, '')
    this.lastError = 0
    return answer.value
  }

  set(name: unknown, value: unknown): string {
    const refused = this.#refused('set')
    if (refused) return this.#failed(refused)
    const answer = this.values.set(String(name), String(value))
    return 'fault' in answer ? this.#failed(this.dialect.faults[answer.fault].set) : this.#done()
  }

  commit(argument: unknown): string {
    if (!this.#isEmpty(argument)) return this.#failed(this.dialect.badArgument)
    const refused = this.#refused('commit')
    if (refused) return this.#failed(refused)
    this.keep(this.values.all(), false)
    return this.#done()
  }

  #settle(): void {
    const { prefix, assumed, seconds, span } = this.dialect
    const [session, total] = [this.values.kept(`${prefix}session_time`), this.values.kept(`${prefix}total_time`)]
    if (session) this.values.keep(`${prefix}total_time`, span(seconds(session) + (total ? seconds(total) : 0)))
    const silent = assumed.unless.every((name) => this.values.kept(name) === undefined)
    if (silent && this.values.kept(`${prefix}exit`) !== 'suspend') this.values.keep(assumed.element, 'completed')
  }

  #refused(call: keyof Calls): number {
    return this.state === 'running' ? 0 : this.dialect[this.state === 'new' ? 'before' : 'afterwards'][call]
  }

  #isEmpty = (argument: unknown): boolean => argument === '' || argument === undefined || argument === null

  #done(): string {
    this.lastError = 0
    return 'true'
  }

  #failed(code: number, answer = 'false'): string {
    this.lastError = code
    return answer
  }
}
