import snowball from 'snowball-stemmers'
import { Recent } from '../lib/recent.ts'
import { stopWords } from './stop-words.ts'

/** A word as the index knows it, and its place among all words of the text (from 1), stop words counted. */
export interface Word { stem: string; position: number }

const algorithms = { en: 'english', de: 'german', fr: 'french', es: 'spanish', it: 'italian', nl: 'dutch', pt: 'portuguese' }
export type Language = keyof typeof algorithms
export const languages = Object.keys(algorithms) as Language[]

/** What is written without spaces is taken sign by sign; the rest in runs of letters and digits. */
const sign = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]`
const token = new RegExp(`${sign}|(?:(?!${sign})[\\p{L}\\p{N}])+`, 'gu')

/** Stemming costs more than all the rest, and most words come again. */
const KEPT_STEMS = 50_000

type Stemmer = (word: string) => string
const stemmers = new Map<Language, Stemmer>()
const stops = new Map<Language, Set<string>>()

/** Case, width, accents and stop words gone, endings cut off: texts and queries go through this one door. */
export function wordsOf(text: string, language: Language): Word[] {
  const stem = made(stemmers, language, () => remembering(snowball.newStemmer(algorithms[language])))
  const stop = made(stops, language, () => new Set(stopWords[language].trim().split(/\s+/).map(fold)))
  return (fold(text).match(token) ?? []).flatMap((word, i) => stop.has(word) ? [] : [{ stem: stem(word), position: i + 1 }])
}

/** NFKC, lower case, without the marks that sit on letters. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase().normalize('NFD')
  .replace(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('ł', 'l')

function remembering(stemmer: { stem: Stemmer }): Stemmer {
  const kept = new Recent<string>(KEPT_STEMS)
  const stem = (word: string) => stemmer.stem(word)
  return (word) => kept.get(word, stem)
}

function made<V>(held: Map<Language, V>, language: Language, make: () => V): V {
  const value = held.get(language) ?? make()
  held.set(language, value)
  return value
}
