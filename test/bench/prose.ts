let state = 42

/** Mulberry32: the same texts in every run. */
function random(): number {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

export const between = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))

export const VOCABULARY = 200_000
/** The most frequent words of a language are stop words, which no index holds: Zipf's law from this rank on. */
const STOP_WORDS = 30

/** The rank of a word, 1 the most frequent. */
export const zipf = () =>
  Math.min(VOCABULARY, Math.max(1, Math.floor(STOP_WORDS * Math.exp(random() * Math.log(1 + VOCABULARY / STOP_WORDS))) - STOP_WORDS + 1))

const consonants = 'bdfgklmnprstvz'
const vowels = 'aeiou'

/** The word of a rank: syllables, so that stemming has its work. */
function word(rank: number): string {
  let text = ''
  for (let left = rank; left > 0; left = Math.floor(left / 70)) text += consonants[left % 14]! + vowels[Math.floor(left / 14) % 5]!
  return `${text}n`
}

/** So many words, frequent ones often and rare ones now and then, as people write. */
export const prose = (length: number) => Array.from({ length }, () => word(zipf())).join(' ')
