/** How far into each part words are compared: what a parser loses, it loses from the beginning, or whole. */
const COMPARED_BYTES = 256 * 1024

/**
 * The first word, in ASCII, that stands in one of the ranges and in none of the texts. Words at a range's end may be cut off, and wrapped lines
 * joined: a word counts as kept where it stands inside of a longer one.
 */
export function lostWords(raw: Buffer, ranges: readonly (readonly [number, number])[], texts: readonly string[]): string | undefined {
  const kept = new Set(texts.flatMap(wordsOf))
  let joined: string | undefined
  for (const [from, to] of ranges) {
    const written = raw.toString('latin1', from, Math.min(to, from + COMPARED_BYTES))
    for (const word of wordsOf(written.replace(doubleBytes, ' ').replace(/<[^<>]*>/g, ' ').replace(/&#?\w+;/g, ' '))) {
      if (kept.has(word)) continue
      joined ??= texts.join('\n').toLowerCase()
      if (!joined.includes(word)) return word
    }
  }
  return undefined
}

/** Between two escapes ISO-2022-JP (RFC 1468) writes each character in two bytes, which look like letters and are none. */
const doubleBytes = /\x1b\$[@B][^\x1b]*/g

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? []
