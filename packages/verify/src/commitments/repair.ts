import { readRule } from './grammar.ts'
import { editDistance } from './nearest.ts'
import { expectEnd, expectKind, Reader, Stuck, type Expected } from './reader.ts'
import type { Rule } from './rule.ts'
import type { Token } from './tokens.ts'

/** One change that brings a text nearer to the grammar. `token` is the one that stood there. */
export type Repair =
  | { readonly change: 'replaced'; readonly token: Token; readonly by: string }
  | { readonly change: 'quoted'; readonly token: Token }
  | { readonly change: 'inserted'; readonly token: Token; readonly by: string }
  | { readonly change: 'removed'; readonly token: Token }

interface Attempt { readonly tokens: readonly Token[]; readonly repairs: readonly Repair[]; readonly cost: number; readonly reached: number }

const MOST_ATTEMPTS = 400
const MOST_REPAIRS = 4

/** Reads the rule, or tells where it is stuck. */
export function attempt(tokens: readonly Token[]): Rule | Stuck {
  try { return readRule(new Reader(tokens)) } catch (error) {
    if (error instanceof Stuck) return error
    throw error
  }
}

/** The fewest changes that make a rule of the text, looked for where the grammar is stuck, cheapest first; undefined when too much is wrong. */
export function repaired(tokens: readonly Token[]): { rule: Rule; repairs: readonly Repair[] } | undefined {
  let open: Attempt[] = [{ tokens, repairs: [], cost: 0, reached: 0 }]
  for (let tries = 0; tries < MOST_ATTEMPTS && open.length > 0; tries++) {
    const best = open.reduce((a, b) => b.cost < a.cost || (b.cost === a.cost && b.reached > a.reached) ? b : a)
    open = open.filter((one) => one !== best)
    const outcome = attempt(best.tokens)
    if (!(outcome instanceof Stuck)) return { rule: outcome, repairs: best.repairs }
    if (outcome.message === undefined && best.repairs.length < MOST_REPAIRS) open.push(...nextAttempts(best, outcome))
  }
  return undefined
}

function nextAttempts(from: Attempt, { at, expected }: Stuck): Attempt[] {
  const token = from.tokens[at]!
  const after = (repair: Repair, put: Token[], over: number, cost: number): Attempt =>
    ({ tokens: from.tokens.toSpliced(at, over, ...put), repairs: [...from.repairs, repair], cost: from.cost + cost, reached: at })

  const attempts: Attempt[] = []
  if (token.type !== 'end') attempts.push(after({ change: 'removed', token }, [], 1, 1))
  if (token.type === 'dotted' && expected.includes(expectKind)) {
    attempts.push(after({ change: 'quoted', token }, [{ ...token, type: 'kind' }], 1, 0.1))
  }
  for (const by of expected.filter(isWord)) {
    const word: Token = { ...token, type: by === ',' ? 'mark' : 'word', text: by }
    attempts.push(after({ change: 'inserted', token, by }, [word], 0, by === ',' ? 0.3 : 0.8))
    if (token.type === 'word') attempts.push(after({ change: 'replaced', token, by }, [word], 1, difference(token.text, by)))
  }
  return attempts
}

/** 0 for the same word, 1.5 for one that has nothing in common with it. */
function difference(said: string, meant: string): number {
  return 1.5 * editDistance(said.toLowerCase(), meant) / Math.max(said.length, meant.length)
}

/** Words of the grammar are lower case; the names of classes are not. A full stop is never missed. */
export const isWord = (expected: Expected) => expected !== '.' && expected !== expectEnd && expected === expected.toLowerCase()
