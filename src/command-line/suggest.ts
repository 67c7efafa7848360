/** What somebody probably meant: the nearest by edit distance, if it is near at all. */
export function suggest(typed: string, known: readonly string[]): string | null {
  const nearest = known.map((name) => ({ name, away: distance(typed, name) })).toSorted((a, b) => a.away - b.away)[0]
  return nearest && nearest.away <= Math.max(2, typed.length / 3) ? nearest.name : null
}

/** Levenshtein's distance, a row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j += 1) next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === b[j] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
