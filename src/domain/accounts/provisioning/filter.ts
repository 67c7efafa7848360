import { Refused } from '../../../lib/errors.ts'

/** A filter of SCIM (RFC 7644, section 3.4.2.2), read. Attribute names are in lower case: they are compared without regard to it. */
export type Filter =
  | { readonly is: 'and' | 'or'; readonly of: readonly [Filter, Filter] }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: 'has'; readonly path: string }
  | { readonly is: 'where'; readonly path: string; readonly of: Filter }
  | { readonly is: Comparison; readonly path: string; readonly value: Value }

type Comparison = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le'
type Value = string | number | boolean | null

/** More than anybody writes, and less than would hurt. */
const mostCharacters = 2000
const deepest = 20
const comparisons: readonly string[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']

export const invalidFilter = () => new Refused('invalidFilter', 'This filter cannot be read (RFC 7644, section 3.4.2.2).')

/** Throws `Refused` with the code `invalidFilter`. */
export function readFilter(text: string): Filter {
  if (text.length > mostCharacters) throw invalidFilter()
  const reader = new Reader(tokensOf(text))
  const filter = reader.either(0)
  if (!reader.atEnd) throw invalidFilter()
  return filter
}

function tokensOf(text: string): string[] {
  const tokens = text.match(/[()[\]]|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+/g) ?? []
  if (tokens.join('') !== text.replace(/\s+(?=(?:[^"\\]|\\.|"(?:[^"\\]|\\.)*")*$)/g, '')) throw invalidFilter()
  return tokens
}

/** `or` binds less than `and`, `and` less than `not` and parentheses. */
class Reader {
  #at = 0
  constructor(readonly tokens: readonly string[]) {}

  get atEnd(): boolean { return this.#at === this.tokens.length }

  either(depth: number): Filter {
    let left = this.#both(depth)
    while (this.#takeWord('or')) left = { is: 'or', of: [left, this.#both(depth)] }
    return left
  }

  #both(depth: number): Filter {
    let left = this.#one(depth)
    while (this.#takeWord('and')) left = { is: 'and', of: [left, this.#one(depth)] }
    return left
  }

  #one(depth: number): Filter {
    if (depth > deepest) throw invalidFilter()
    if (this.#takeWord('not')) return { is: 'not', of: this.#enclosed('(', ')', depth) }
    if (this.tokens[this.#at] === '(') return this.#enclosed('(', ')', depth)
    const path = nameOf(this.#next())
    if (this.tokens[this.#at] === '[') return { is: 'where', path, of: this.#enclosed('[', ']', depth) }
    const operator = this.#next().toLowerCase()
    if (operator === 'pr') return { is: 'has', path }
    if (!comparisons.includes(operator)) throw invalidFilter()
    return { is: operator as Comparison, path, value: valueOf(this.#next()) }
  }

  #enclosed(open: string, close: string, depth: number): Filter {
    if (this.#next() !== open) throw invalidFilter()
    const inner = this.either(depth + 1)
    if (this.#next() !== close) throw invalidFilter()
    return inner
  }

  #takeWord(word: string): boolean {
    if (this.tokens[this.#at]?.toLowerCase() !== word) return false
    this.#at++
    return true
  }

  #next(): string {
    const token = this.tokens[this.#at++]
    if (token === undefined) throw invalidFilter()
    return token
  }
}

/** Without the schema that may stand before it: `urn:ietf:params:scim:schemas:core:2.0:User:userName`. */
export function nameOf(path: string): string {
  const plain = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(User|Group):/i, '').toLowerCase()
  if (!/^[a-z$][\w.$:-]*$/.test(plain)) throw invalidFilter()
  return plain
}

function valueOf(token: string): Value {
  try {
    const value: unknown = JSON.parse(/^(true|false|null)$/i.test(token) ? token.toLowerCase() : token)
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Value
  } catch { /* said below */ }
  throw invalidFilter()
}

/** Whether a resource is one of those that are asked for. Of several values, one is enough. */
export function matches(filter: Filter, resource: unknown): boolean {
  switch (filter.is) {
    case 'and': return filter.of.every((one) => matches(one, resource))
    case 'or': return filter.of.some((one) => matches(one, resource))
    case 'not': return !matches(filter.of, resource)
    case 'has': return valuesAt(resource, filter.path).some((value) => value !== '' && value !== null)
    case 'where': return valuesAt(resource, filter.path).some((value) => matches(filter.of, value))
    case 'ne': return !holds(filter, 'eq', resource)
    default: return holds(filter, filter.is, resource)
  }
}

const holds = ({ path, value: wanted }: { path: string; value: Value }, how: Exclude<Comparison, 'ne'>, resource: unknown): boolean =>
  valuesAt(resource, path).some((value) => compares(how, scalarOf(value), wanted, exact(path)))

/** Attributes whose case counts (RFC 7643, section 3.1). */
const exact = (path: string): boolean => ['id', 'externalid', 'value'].includes(path)

/** A complex value stands for its `value`: `emails eq "…"`. */
const scalarOf = (value: unknown): unknown => typeof value === 'object' && value !== null && 'value' in value ? value.value : value

function valuesAt(resource: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((found, name) => found.flatMap((one) => {
    const key = typeof one === 'object' && one !== null ? Object.keys(one).find((candidate) => candidate.toLowerCase() === name) : undefined
    const value = key === undefined ? undefined : (one as Record<string, unknown>)[key]
    return value === undefined ? [] : Array.isArray(value) ? value : [value]
  }), [resource])
}

function compares(how: Exclude<Comparison, 'ne'>, found: unknown, wanted: Value, caseCounts: boolean): boolean {
  if (typeof found !== 'string' || typeof wanted !== 'string') return how === 'eq' && found === wanted
  const [a, b] = caseCounts ? [found, wanted] : [found.toLowerCase(), wanted.toLowerCase()]
  switch (how) {
    case 'eq': return a === b
    case 'co': return a.includes(b)
    case 'sw': return a.startsWith(b)
    case 'ew': return a.endsWith(b)
    case 'gt': return a > b
    case 'ge': return a >= b
    case 'lt': return a < b
    case 'le': return a <= b
  }
}

/** What the attribute has to be for the filter to hold, where the filter says so outright: by this the database finds it. */
export function demanded(filter: Filter, path: string): string | null {
  if (filter.is === 'eq' && filter.path === path && typeof filter.value === 'string') return filter.value
  return filter.is === 'and' ? demanded(filter.of[0], path) ?? demanded(filter.of[1], path) : null
}
