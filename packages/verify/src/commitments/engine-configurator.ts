import { addDuration } from './calendar.ts'
import { monitorsOf, type Commitment, type Terms } from './commitment.ts'
import { readCalendar, readCorrection, readExplanation, readMark, readPolicy, readPublication, readSource } from './configuration.ts'
import { CaseFiles } from './case-file.ts'
import type { Deadline } from './deadlines.ts'
import { kindsOf } from './dispatch.ts'
import type { Engine } from './engine.ts'
import type { LedgerEvent } from './event.ts'
import type { Monitor } from './monitor.ts'
import { createMonitor, decidingKinds } from './monitors.ts'
import { parseRule } from './parse.ts'
import { printRule } from './print.ts'
import type { Rule } from './rule.ts'
import { Tally } from './tally.ts'

const kinds = [
  'policy.published', 'policy.withdrawn', 'commitment.published', 'commitment.explained',
  'calendar.set', 'source.connected', 'absence.attested', 'entry.corrected',
]
const configuring = new Set(kinds)
export const configures = (kind: string) => configuring.has(kind)

/** How long a dated word holds that something has not happened. */
const ATTESTATION = { count: 1, unit: 'years' } as const

export interface Clause { readonly terms: Terms; readonly rule: Rule | undefined; readonly monitor: Monitor | undefined }

/** A version of a policy that has been published, and comes into force when this deadline falls. */
export interface Version extends Deadline { readonly policy: string; readonly inForceAt: number; readonly clauses: Clause[] }

/** Reads the entries that say what is promised, and sets the engine up accordingly. */
export class Configurator {
  readonly versions = new Set<Version>()
  #published: Version | undefined

  constructor(readonly engine: Engine) {}

  monitors(): Monitor[] {
    const coming = [...this.versions].flatMap(({ clauses }) => clauses.flatMap(({ monitor }) => monitor ?? []))
    return [...new Set([...this.engine.commitments.flatMap(monitorsOf), ...coming])]
  }

  /** Takes notice of an entry. Returns the monitors that must hear of the past first. */
  read(event: LedgerEvent): Monitor[] {
    if (event.kind !== 'policy.published') return []
    const { policy, inForceAt, terms } = readPolicy(event)
    this.#published = this.version(policy, inForceAt, this.engine.deadlines.next++, terms.map((one) => this.#clause(one)))
    const monitors = this.#published.clauses.flatMap(({ monitor }) => monitor ?? [])
    return monitors.filter((monitor) => kindsOf(monitor).some((kind) => kind !== event.kind && this.engine.dispatch.seen(kind)))
  }

  /** Does what the entry says, once the past is known. */
  bring(event: LedgerEvent): void {
    const { engine } = this
    const commitment = () => this.find(readMark(event))
    switch (event.kind) {
      case 'policy.published': return this.#publish(event.at)
      case 'policy.withdrawn': return this.#withdrawAll(readMark(event).policy, event.at)
      case 'commitment.published': { const terms = commitment()?.terms; if (terms) Object.assign(terms, readPublication(event.facts ?? {})); return }
      case 'commitment.explained': { const found = commitment(); if (found) found.explanation = { at: event.at, text: readExplanation(event) }; return }
      case 'absence.attested': return this.#attest(commitment(), event)
      case 'calendar.set': engine.calendar = readCalendar(event) ?? engine.calendar; return
      case 'source.connected': {
        const { source, kinds: fed, strength } = readSource(event)
        engine.sources.set(source, { kinds: fed, strength })
        return this.feedsChanged(event.at)
      }
      case 'entry.corrected': {
        const index = readCorrection(event)
        if (index !== undefined) for (const monitor of this.monitors()) monitor.correct(index, event.at)
      }
    }
  }

  /** A promise is judged from when something feeds it. */
  feedsChanged(at: number, kind?: string): void {
    for (const { current } of this.engine.commitments) {
      if (!current || current.judgesFrom !== undefined || (kind !== undefined && !decidingKinds(current.at.rule).flat().includes(kind))) continue
      this.#judge(current, at)
    }
  }

  find({ policy, mark }: { policy: string; mark: string }): Commitment | undefined {
    return this.engine.commitments.find((one) => one.policy === policy && one.mark === mark)
  }

  commitment(policy: string, mark: string): Commitment {
    let found = this.find({ policy, mark })
    if (!found) this.engine.commitments.push(found = { policy, mark, tally: new Tally(this.engine.now), finishing: [], changes: [] })
    return found
  }

  /** Makes a monitor and lets it hear of entries. */
  watch(commitment: Commitment, rule: Rule): Monitor {
    const { engine } = this
    const monitor = createMonitor({
      rule, tally: commitment.tally, deadlines: engine.deadlines, topics: engine.topics, files: new CaseFiles(), calendar: () => engine.calendar,
      roster: (kind) => engine.rosters.of(kind), since: () => commitment.judgedSince ?? Infinity,
    })
    engine.dispatch.add(monitor)
    return monitor
  }

  version(policy: string, inForceAt: number, order: number, clauses: Clause[]): Version {
    // Falls before the first entry of the moment from which it is in force.
    const version: Version = { policy, inForceAt, clauses, order, dueAt: inForceAt - 1, running: false, fall: () => this.#comeIntoForce(version, inForceAt) }
    return version
  }

  #clause(terms: Terms): Clause {
    const parsed = parseRule(terms.ruleText)
    if ('errors' in parsed) return { terms, rule: undefined, monitor: undefined }
    const commitment = this.commitment(terms.policy, terms.mark)
    const kept = commitment.current !== undefined && sameRule(commitment.current.at.rule, parsed.rule)
    return { terms, rule: parsed.rule, monitor: kept ? undefined : this.watch(commitment, parsed.rule) }
  }

  #publish(at: number): void {
    const version = this.#published!
    this.#published = undefined
    this.versions.add(version)
    if (version.inForceAt <= at) this.#comeIntoForce(version, at)
    else this.engine.deadlines.start(version, version.dueAt)
  }

  #comeIntoForce(version: Version, at: number): void {
    this.versions.delete(version)
    const marks = new Set(version.clauses.map(({ terms }) => terms.mark))
    for (const old of this.engine.commitments) if (old.policy === version.policy && old.terms && !marks.has(old.mark)) this.#withdraw(old, at)
    for (const clause of version.clauses) this.#apply(clause, at)
  }

  #apply({ terms, rule, monitor }: Clause, at: number): void {
    const commitment = this.commitment(terms.policy, terms.mark)
    const { current, terms: before } = commitment
    commitment.terms = { ...terms }
    delete commitment.withdrawnAt
    if (current && rule && sameRule(current.at.rule, rule)) {
      if (monitor) this.#forget(monitor)
      return
    }
    const next = monitor ?? (rule && this.watch(commitment, rule))
    if (before) commitment.changes.push({ at, from: before.ruleText, to: terms.ruleText })
    delete commitment.current
    if (next) {
      commitment.current = next
      this.#judge(next, at, current)
    }
    if (current) this.#retire(commitment, current, at)
  }

  #judge(monitor: Monitor, at: number, before?: Monitor): void {
    if (!decidingKinds(monitor.at.rule).every((group) => group.some((kind) => this.engine.isFed(kind)))) return
    const commitment = this.engine.commitments.find(({ current }) => current === monitor)!
    commitment.judgedSince ??= at
    monitor.activate(at, before)
  }

  #retire(commitment: Commitment, monitor: Monitor, at: number): void {
    monitor.retire(at)
    const all = [...commitment.finishing, monitor]
    commitment.finishing.splice(0, Infinity, ...all.filter((one) => !one.finished))
    for (const one of all) if (one.finished) this.#forget(one)
  }

  #forget(monitor: Monitor): void {
    this.engine.dispatch.remove(monitor)
    monitor.at.files.dissolve()
  }

  #withdraw(commitment: Commitment | undefined, at: number): void {
    if (!commitment || commitment.withdrawnAt !== undefined) return
    commitment.withdrawnAt = at
    delete commitment.judgedSince
    const { current } = commitment
    delete commitment.current
    if (current) this.#retire(commitment, current, at)
  }

  #withdrawAll(policy: string, at: number): void {
    for (const commitment of this.engine.commitments) if (commitment.policy === policy && commitment.terms) this.#withdraw(commitment, at)
  }

  #attest(commitment: Commitment | undefined, { at, index }: LedgerEvent): void {
    if (commitment) commitment.attestation = { at, index, until: addDuration(at, ATTESTATION, this.engine.calendar) }
  }
}

/** The words may differ, and who keeps it; what it demands may not. */
function sameRule(a: Rule, b: Rule): boolean {
  const demand = ({ owner: _, ...rule }: Rule) => printRule(rule)
  return demand(a) === demand(b)
}
