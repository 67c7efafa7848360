/** Optimal string alignment distance: how many letters to insert, delete, replace or swap with their neighbour. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      row.push(cost)
    }
    before = last
    last = row
  }
  return last[b.length]!
}

/** The closest of `choices` that a slip of the hand could have meant: of so many letters, one may differ. */
export function nearest(word: string, choices: Iterable<string>, lettersPerSlip = 3): string | undefined {
  let best: string | undefined
  let least = Infinity
  for (const choice of choices) {
    const distance = editDistance(word, choice)
    if (distance < least && distance <= Math.max(1, Math.floor(Math.max(word.length, choice.length) / lettersPerSlip))) {
      best = choice
      least = distance
    }
  }
  return best
}
