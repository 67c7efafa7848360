import { printDuration, printInterval, units } from './duration.ts'
import type { Filter, KindPattern, Pattern, Rule, Scope } from './rule.ts'

/** The one canonical text of a rule: reading it gives the same rule again. */
export function printRule(rule: Rule): string {
  const each = rule.forEach === undefined ? '' : `for each ${rule.forEach}, `
  const pauses = rule.pauses.map(({ from, to }) => `, not counting the time between ${printKind(from)} and ${printKind(to)}`)
  const owner = rule.owner === undefined ? '' : ` (owner: ${rule.owner})`
  const text = `${each}${printScope(rule.scope)}${printBody(rule.body)}${pauses.join('')}${owner}.`
  return text[0]!.toUpperCase() + text.slice(1)
}

function printScope(scope: Scope): string {
  switch (scope.scope) {
    case 'globally': return ''
    case 'before': return `before ${printKind(scope.r)}, `
    case 'after': return `after ${printKind(scope.q)}, `
    case 'between': return `between ${printKind(scope.q)} and ${printKind(scope.r)}, `
    case 'after until': return `after ${printKind(scope.q)} until ${printKind(scope.r)}, `
  }
}

function printBody(body: Pattern): string {
  switch (body.pattern) {
    case 'response': return `every ${printKind(body.trigger)} is followed by ${body.responses.map(printKind).join(' or ')} within ${printDuration(body.within)}`
    case 'recurrence': return body.fixed
      ? `${printKind(body.kind)} happens every calendar ${units[body.every.unit].one}`
      : `${printKind(body.kind)} happens at least every ${printInterval(body.every)}`
    case 'precedence': return `${printKind(body.then)} happens only after ${body.first.map(printKind).join(' and ')}`
    case 'absence': return `${printKind(body.kind)} never happens${body.most === 0 ? '' : ` more than ${printTimes(body.most)}`}`
    case 'universality': return `${printKind(body.check)} always passes, checked at least every ${printInterval(body.every)}`
  }
}

/** `once`, `twice`, `3 times`. */
export const printTimes = (count: number) => count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`

export function printKind({ kind, where }: KindPattern): string {
  return where.length === 0 ? `\`${kind}\`` : `\`${kind}\` where ${where.map(printFilter).join(' and ')}`
}

function printFilter({ mark, negated, values }: Filter): string {
  return `${mark} is ${negated ? 'not ' : ''}${values.map(printValue).join(' or ')}`
}

// A lone word stands bare, unless the grammar would take it for its own “not”.
const printValue = (value: string) => /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(value) && value.toLowerCase() !== 'not' ? value : `"${value}"`
