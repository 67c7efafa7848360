/** The words of a rule with where they stand. Line breaks and indentation mean nothing. */
export interface Token {
  readonly type: 'word' | 'number' | 'kind' | 'dotted' | 'text' | 'aside' | 'mark' | 'unknown' | 'end'
  /** What it says, without its backticks, quotation marks or brackets. */
  readonly text: string
  /** Where it stands, in characters from the start; `length` covers the quotation marks too. */
  readonly offset: number
  readonly length: number
}

const shapes: readonly [Token['type'], RegExp][] = [
  ['kind', /`([^`\n]*)`/y],
  ['text', /["“]([^"“”\n]*)["”]/y],
  ['aside', /\(([^()]*)\)/y],
  ['number', /(\d+)/y],
  // An entry kind whose backticks were forgotten: kept apart, so that the message can say just that.
  ['dotted', /([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+)/iy],
  ['word', /([\p{L}_][\p{L}\p{N}_’'-]*)/uy],
  ['mark', /([,.;:])/y],
  ['unknown', /([^\s])/uy],
]

export function tokens(source: string): Token[] {
  const found: Token[] = []
  const blank = /\s*/y
  for (let offset = 0; ;) {
    blank.lastIndex = offset
    offset += blank.exec(source)![0].length
    if (offset >= source.length) return [...found, { type: 'end', text: '', offset: source.trimEnd().length, length: 1 }]
    const token = tokenAt(source, offset)
    found.push(token)
    offset += token.length
  }
}

function tokenAt(source: string, offset: number): Token {
  for (const [type, shape] of shapes) {
    shape.lastIndex = offset
    const match = shape.exec(source)
    if (match) return { type, text: match[1]!.trim().replace(/\s+/g, ' '), offset, length: match[0].length }
  }
  throw new Error('The last shape takes any character.')
}

/** Line and column, both from 1, of a place in the text. */
export function placeOf(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
