import type { Monitor, Surroundings } from './monitor.ts'
import { AbsenceMonitor } from './monitor-absence.ts'
import { PrecedenceMonitor } from './monitor-precedence.ts'
import { RecurrenceMonitor } from './monitor-recurrence.ts'
import { ResponseMonitor } from './monitor-response.ts'
import { UniversalityMonitor } from './monitor-universality.ts'
import type { KindPattern, Rule } from './rule.ts'

export function createMonitor(at: Surroundings): Monitor {
  const { body } = at.rule
  switch (body.pattern) {
    case 'response': return new ResponseMonitor(at, body)
    case 'recurrence': return new RecurrenceMonitor(at, body)
    case 'precedence': return new PrecedenceMonitor(at, body)
    case 'absence': return new AbsenceMonitor(at, body)
    case 'universality': return new UniversalityMonitor(at, body)
  }
}

/**
 * The kinds that something has to feed before a rule can be proven or broken: of each group, at least one. Without a source for
 * them, silence says nothing.
 */
export function decidingKinds({ body }: Rule): string[][] {
  const names = (patterns: readonly KindPattern[]) => patterns.map(({ kind }) => kind)
  switch (body.pattern) {
    case 'response': return [[body.trigger.kind], names(body.responses)]
    case 'recurrence': return [[body.kind.kind]]
    case 'precedence': return [[body.then.kind], ...body.first.map(({ kind }) => [kind])]
    case 'absence': return [[body.kind.kind]]
    case 'universality': return [[body.check.kind]]
  }
}
