import { printInterval, units, wordOf } from './duration.ts'
import { sayKind, sayNext, type Phrases } from './phrases.ts'
import { printTimes } from './print.ts'
import type { Duration, Pattern, Rule, Scope } from './rule.ts'
import { sayings } from './sayings.ts'

/**
 * The rule as a customer reads it: plain, and exactly what is measured, no more.
 * `phrases` says kinds whose name alone does not read well.
 */
export function inWords(rule: Rule, phrases: Phrases = sayings): string {
  const each = rule.forEach === undefined ? '' : `for each ${rule.forEach.replaceAll('-', ' ')}, `
  const sentence = each + sayScope(rule.scope, phrases) + sayBody(rule.body, phrases)
  const pauses = rule.pauses.map(({ from, to }) =>
    `The clock stops when ${sayKind(from, phrases)} and runs on when ${sayKind(to, phrases)}.`)
  return [`${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`, ...pauses].join(' ')
}

function sayScope(scope: Scope, phrases: Phrases): string {
  switch (scope.scope) {
    case 'globally': return ''
    case 'before': return `until ${sayKind(scope.r, phrases)}, `
    case 'after': return `once ${sayKind(scope.q, phrases)}, `
    case 'between': return `between the moment that ${sayKind(scope.q, phrases)} and the moment that ${sayKind(scope.r, phrases)}, `
    case 'after until': return `from the moment that ${sayKind(scope.q, phrases)} until ${sayKind(scope.r, phrases)}, `
  }
}

function sayBody(body: Pattern, phrases: Phrases): string {
  switch (body.pattern) {
    case 'response': {
      const trigger = sayKind(body.trigger, phrases)
      return `whenever ${trigger}, ${sayNext(body.responses, body.trigger.kind, phrases)} within ${sayDuration(body.within)}`
    }
    case 'recurrence': return body.fixed
      ? `${sayKind(body.kind, phrases)} at least once in every calendar ${units[body.every.unit].one}`
      : `${sayKind(body.kind, phrases)} at least once every ${sayInterval(body.every)}, counted from the last time`
    case 'precedence': return `${sayKind(body.then, phrases)} only after ${sayNext(body.first, body.then.kind, phrases, 'and')}`
    case 'absence': return body.most === 0
      ? `it never happens that ${sayKind(body.kind, phrases)}`
      : `it happens no more than ${printTimes(body.most)} that ${sayKind(body.kind, phrases)}`
    case 'universality': {
      const name = phrases[body.check.kind] ?? `the check of ${body.check.kind.replace(/^check\./, '').replaceAll('-', ' ').replaceAll('.', ' ')}`
      return `${sayKind({ ...body.check, kind: 'check' }, { check: name })} passes every time, and is made at least once every ${sayInterval(body.every)}`
    }
  }
}

const sayDuration = ({ count, unit }: Duration) => `${wordOf(count)} ${count === 1 ? units[unit].one : units[unit].many}`
const sayInterval = (duration: Duration) => duration.count === 1 ? printInterval(duration) : sayDuration(duration)
