import { nearestForm } from './forms.ts'
import { nearest } from './nearest.ts'
import { printRule } from './print.ts'
import { expectEnd, expectKind, expectNumber, expectWord, Stuck, type Expected } from './reader.ts'
import { attempt, isWord, repaired, type Repair } from './repair.ts'
import type { Rule } from './rule.ts'
import { placeOf, tokens, type Token } from './tokens.ts'

/** A place in the text: line and column from 1, length in characters. */
export interface Place { readonly line: number; readonly column: number; readonly length: number }

export interface RuleError extends Place {
  /** One sentence: what is wrong here. */
  readonly message: string
  /** The nearest text that is right, in full. */
  readonly nearest: string
}

/** An entry kind as it stands in the text. */
export interface Mention extends Place { readonly kind: string }

export type Parsed = { readonly rule: Rule; readonly mentions: readonly Mention[] } | { readonly errors: readonly RuleError[] }

/** Longer than any honest rule; keeps a hostile text from costing time. */
const MOST_CHARACTERS = 4_000

/** Reads the text of one commitment. Several errors come at once when each of them can be mended. */
export function parseRule(text: string): Parsed {
  const all = text.length > MOST_CHARACTERS ? [] : tokens(text)
  if (all.length === 0) return { errors: [tooLong(text)] }
  const outcome = attempt(all)
  if (!(outcome instanceof Stuck)) return { rule: outcome, mentions: mentionsIn(text, all) }
  const mended = repaired(all)
  if (!mended) return { errors: [stuckError(text, all, outcome)] }
  const form = printRule(mended.rule)
  return { errors: mended.repairs.map((repair) => ({ ...placeIn(text, repair.token), message: mend(repair), nearest: form })) }
}

export interface RuleWarning extends Place { readonly message: string }

/** The known kind that was probably meant. Kinds have long names in common parts, so that few letters may differ. */
export const nearestKind = (kind: string, known: Iterable<string>): string | undefined => nearest(kind, known, 8)

/** Entry kinds that nothing known can write, each with the known one that was probably meant. A rule over them is allowed, and stays unproven. */
export function unknownKinds(mentions: readonly Mention[], known: ReadonlySet<string>): RuleWarning[] {
  return mentions.filter(({ kind }) => !known.has(kind)).map(({ kind, ...place }) => {
    const meant = nearestKind(kind, known)
    return { ...place, message: `No entry kind is called \`${kind}\`${meant === undefined ? '; nothing here writes it.' : ` — did you mean \`${meant}\`?`}` }
  })
}

function mentionsIn(text: string, all: readonly Token[]): Mention[] {
  return all.filter((token) => token.type === 'kind').map((token) => ({ kind: token.text.toLowerCase(), ...placeIn(text, token) }))
}

function tooLong(text: string): RuleError {
  return { line: 1, column: 1, length: text.length, message: `A rule has at most ${MOST_CHARACTERS} characters.`, nearest: nearestForm([]) }
}

function placeIn(text: string, token: Token): Place {
  return { ...placeOf(text, token.offset), length: token.length }
}

function stuckError(text: string, all: readonly Token[], { at, expected, message }: Stuck): RuleError {
  const token = all[at]!
  return { ...placeIn(text, token), message: message ?? `Expected ${listed(expected)}, found ${found(token)}.`, nearest: nearestForm(all) }
}

function mend(repair: Repair): string {
  switch (repair.change) {
    case 'replaced': return nearest(repair.token.text.toLowerCase(), [repair.by])
      ? `“${repair.token.text}” — did you mean “${repair.by}”?`
      : `“${repair.token.text}” cannot stand here; “${repair.by}” can.`
    case 'quoted': return `Put entry kinds in backticks: \`${repair.token.text}\`.`
    case 'inserted': return `“${repair.by}” is missing before ${found(repair.token)}.`
    case 'removed': return `${capital(found(repair.token))} does not belong here.`
  }
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1)

const found = ({ type, text }: Token) => type === 'end' ? 'the end' : type === 'kind' ? `\`${text}\`` : type === 'aside' ? `“(${text})”` : `“${text}”`

const classes: Record<Expected, string> = {
  [expectKind]: 'an entry kind in backticks, like `report.received`',
  [expectNumber]: 'a number',
  [expectWord]: 'a word',
  [expectEnd]: 'the end',
}

function listed(expected: readonly Expected[]): string {
  const all = expected.filter((one) => isWord(one) || one in classes).map((one) => classes[one] ?? `“${one}”`)
  return all.length <= 1 ? all[0] ?? 'something else' : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}
