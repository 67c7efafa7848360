import type { Filter, KindPattern } from './rule.ts'

/** What happened, in words, by the entry kind's name: `pentest.completed` → `a penetration test is completed`. */
export type Phrases = Readonly<Record<string, string>>

/** Nouns that stand without an article and take a singular verb. */
const uncountable = new Set(['access', 'training', 'software', 'legal action', 'consent', 'collection', 'safe harbour', 'research', 'evidence', 'encryption',
  'information', 'source code', 'data'])
/** What a subject does by itself, where the name of the kind has a past tense: `person.joined` → `a person joins`. */
const byItself: Readonly<Record<string, string>> = {
  joined: 'joins', left: 'leaves', started: 'starts', ended: 'ends', expired: 'expires', arrived: 'arrives', moved: 'moves', failed: 'fails', passed: 'passes',
}
/** Nouns that something is done to although the verb is among those above: `training.passed` → `training is passed`. */
const passive = new Set(['training', 'course', 'collection'])

/** `a report`, `access`, `users`, `an audit`. */
export function withArticle(noun: string): string {
  if (uncountable.has(noun) || isPlural(noun)) return noun
  return `${/^(?:[aeio]|u(?!ni|se|ti))/.test(noun) ? 'an' : 'a'} ${noun}`
}

const isPlural = (noun: string) => /[^s]s$/.test(noun) && !/(?:analysis|status|basis)$/.test(noun)

/** Past participles that do not end in “ed”, and what else may begin a deed. */
const irregular = new Set([
  'not', 'sent', 'made', 'held', 'known', 'kept', 'given', 'taken', 'found', 'paid', 'met', 'set', 'run', 'shown', 'told', 'done',
  ...Object.keys(byItself),
])

/** `report.received` → noun `report`, deed `is received`; `access.revocation-decided` → `access revocation`, `is decided`. */
function parts(kind: string): { noun: string; deed: string } {
  const [past, ...nouns] = kind.split('.').map((part) => part.split('-')).reverse() as [string[], ...string[][]]
  const start = past.findIndex((word) => word.endsWith('ed') || irregular.has(word))
  const noun = [...nouns.reverse().flat(), ...past.slice(0, Math.max(start, 0))].join(' ')
  return { noun, deed: deedOf(noun, past.slice(Math.max(start, 0)).join(' ')) }
}

function deedOf(noun: string, past: string): string {
  const alone = passive.has(noun) ? undefined : byItself[past]
  const verb = isPlural(noun) && !uncountable.has(noun) ? 'are' : 'is'
  return alone ?? `${verb} ${past}`
}

/** `a report is received`, `a report is accepted with severity critical or high`. */
export function sayKind(pattern: KindPattern, phrases: Phrases): string {
  return (phrases[pattern.kind] ?? plainly(pattern.kind)) + sayFilters(pattern.where)
}

function plainly(kind: string): string {
  const { noun, deed } = parts(kind)
  return `${withArticle(noun)} ${deed}`
}

/**
 * Several kinds as what happens to something already named: after “a report is received”, `report.fixed` or `report.closed` is
 * “it is fixed or closed”. Another noun is said in full.
 */
export function sayNext(patterns: readonly KindPattern[], named: string, phrases: Phrases, joint: 'or' | 'and' = 'or'): string {
  const noun = parts(named).noun
  let open = ''
  return patterns.map((pattern, place) => {
    const { noun: own, deed } = parts(pattern.kind)
    const join = place === 0 ? '' : ` ${joint} `
    if (phrases[pattern.kind] !== undefined || own !== noun || !deed.startsWith('is ')) {
      open = ''
      return join + sayKind(pattern, phrases)
    }
    const start = open === 'it is' ? '' : 'it is '
    open = 'it is'
    return join + start + deed.slice(3) + sayFilters(pattern.where)
  }).join('')
}

function sayFilters(where: readonly Filter[]): string {
  return where.map((filter, place) => `${place === 0 ? ' ' : ' and '}${sayFilter(filter)}`).join('')
}

const somebody: Readonly<Record<string, string>> = {
  human: 'a person', machine: 'a machine', 'third-party': 'a third party', both: 'both sides', company: 'the company',
}

function sayFilter({ mark, negated, values }: Filter): string {
  const name = mark.replaceAll('_', ' ')
  if (mark === 'system') return `${negated ? 'except for' : 'for'} the system ${list(values)}`
  if (mark === 'vouch') return `vouched for by ${negated ? 'anyone but ' : ''}${list(values.map((value) => somebody[value] ?? value))}`
  if (mark === 'law') return `${negated ? 'not ' : ''}under the ${list(values)}`
  if (values.length === 1 && values[0] === 'yes') return `${negated ? 'without' : 'with'} ${name}`
  if (mark === 'by') return `by ${negated ? 'anyone but ' : ''}${list(values.map((value) => somebody[value] ?? value))}`
  return negated ? `whose ${name} is not ${list(values)}` : `with ${name} ${list(values)}`
}

/** `a, b or c`. */
export function list(items: readonly string[], joint = 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${joint} ${items.at(-1)}`
}
