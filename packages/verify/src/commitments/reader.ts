import type { Token } from './tokens.ts'

/** What may stand at a place: a word of the grammar, a comma, or one of these. */
export type Expected = string
export const expectKind = 'KIND'
export const expectNumber = 'NUMBER'
export const expectWord = 'WORD'
export const expectEnd = 'END'

/** The grammar cannot go on: at which token, and what could have stood there; or, with a message, what is wrong with that token. */
export class Stuck {
  constructor(readonly at: number, readonly expected: readonly Expected[], readonly message?: string) {}
}

/** Goes through the tokens of one rule, one word ahead and never back, and remembers what it would have taken. */
export class Reader {
  #at = 0
  #expected = new Set<Expected>()
  constructor(readonly tokens: readonly Token[]) {}

  get token(): Token { return this.tokens[this.#at]! }
  get after(): Token { return this.tokens[this.#at + 1] ?? this.token }
  get place(): number { return this.#at }

  advance(): Token {
    const token = this.token
    if (token.type !== 'end') this.#at++
    this.#expected.clear()
    return token
  }

  /** Whether one of these words comes next. Case does not matter. */
  sees(...words: string[]): boolean {
    for (const word of words) this.#expected.add(word)
    return (this.token.type === 'word' || this.token.type === 'mark') && words.includes(this.token.text.toLowerCase())
  }

  take(...words: string[]): boolean {
    const found = this.sees(...words)
    if (found) this.advance()
    return found
  }

  /** Exactly these words, one after the other. */
  need(...words: string[]): void {
    for (const word of words) if (!this.take(word)) this.stop()
  }

  takeType(type: Token['type'], expected: Expected): Token | undefined {
    if (this.token.type === type) return this.advance()
    this.#expected.add(expected)
    return undefined
  }

  needType(type: Token['type'], expected: Expected): Token {
    return this.takeType(type, expected) ?? this.stop()
  }

  stop(message?: string, at = this.#at): never {
    throw new Stuck(at, [...this.#expected], message)
  }
}
