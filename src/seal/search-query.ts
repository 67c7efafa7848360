import { wordsOf, type Language } from './words.ts'

/**
 * A query as people write it (words, "phrases", -not, or) as the text of a PostgreSQL `tsquery` over blinded lexemes. A word
 * that falls into several, like CVE-2026-1234, is a phrase. Undefined where nothing is asked for: stop words, or only `-not`.
 */
export function blindQuery(query: string, language: Language, blind: (stem: string) => string): string | undefined {
  const choices: string[][] = [[]]
  for (const term of query.match(/-?"[^"]*"?|[^\s"]+/g) ?? []) {
    if (/^or$/i.test(term)) {
      choices.push([])
      continue
    }
    const phrase = phraseOf(wordsOf(term, language), blind)
    if (phrase) choices.at(-1)!.push(term.startsWith('-') ? `!(${phrase})` : phrase)
  }
  // What only excludes would find almost everything, and no index helps to find it.
  const asked = choices.filter((terms) => terms.some((term) => !term.startsWith('!')))
  return asked.length > 0 ? asked.map((terms) => `(${terms.join(' & ')})`).join(' | ') : undefined
}

/** Positions keep the gaps that stop words left: "denial of service" asks for two words with one between them. */
const phraseOf = (words: ReturnType<typeof wordsOf>, blind: (stem: string) => string) => words
  .map(({ stem, position }, i) => `${i === 0 ? '' : ` <${position - words[i - 1]!.position}> `}'${blind(stem)}'`)
  .join('')
