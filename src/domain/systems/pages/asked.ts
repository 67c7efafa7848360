import { decidingKinds, parseRule, type Standing } from 'avow-verify'
import { findCheck } from '../check-kinds.ts'
import { findPractice } from '../practice-kinds.ts'

/** A promise, and the kinds of entries by which it is kept that no verb of its own appends. */
export interface Asking { readonly promise: Standing; readonly kinds: readonly string[] }

/** Promises that stand on evidence of this module: a practice's, or a machine's check. */
export const askingFor = (standings: readonly Standing[]): Asking[] =>
  standings.filter((promise) => promise.withdrawn_at === undefined)
    .map((promise) => ({ promise, kinds: kindsOf(promise).filter((kind) => findPractice(kind) || isCheck(kind)) }))
    .filter(({ kinds }) => kinds.length > 0)

export const isCheck = (kind: string): boolean => kind.startsWith('check.') && findCheck(kind.slice('check.'.length)) !== undefined

/** Promises that something never happens. */
export const absences = (standings: readonly Standing[]): Standing[] =>
  standings.filter(({ rule, withdrawn_at: withdrawn }) => withdrawn === undefined && ruleOf(rule)?.body.pattern === 'absence')

function kindsOf({ rule: text }: Standing): string[] {
  const rule = ruleOf(text)
  return !rule || rule.body.pattern === 'absence' ? [] : decidingKinds(rule).flat()
}

export function ruleOf(text: string) {
  const read = parseRule(text)
  return 'rule' in read ? read.rule : undefined
}
