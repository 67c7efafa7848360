import { readFileSync } from 'node:fs'

/**
 * The numbers and names of the Common Weakness Enumeration (MITRE, cwe.mitre.org, used under its terms of use). The file says which version:
 * a number that is newer is not in it.
 */
interface CweList {
  readonly version: string
  readonly date: string
  readonly weaknesses: Readonly<Record<string, string>>
  readonly deprecated: readonly number[]
  readonly categories: readonly number[]
}

const list = JSON.parse(readFileSync(new URL('./cwe.json', import.meta.url), 'utf8')) as CweList
const deprecated = new Set(list.deprecated)
const categories = new Set(list.categories)

export const cweVersion = list.version

/** What the list says of `CWE-79`. A category groups weaknesses and is none itself. */
export function cweStanding(id: string): 'weakness' | 'category' | 'deprecated' | 'unknown' {
  const number = Number(/^CWE-([1-9]\d{0,4})$/.exec(id)?.[1])
  if (Object.hasOwn(list.weaknesses, number)) return 'weakness'
  return deprecated.has(number) ? 'deprecated' : categories.has(number) ? 'category' : 'unknown'
}

/** The standard's own name of a weakness. */
export const cweName = (id: string): string | undefined => list.weaknesses[id.replace('CWE-', '')]

/** Every weakness of the list, by number. */
export const allWeaknesses = (): (readonly [id: string, name: string])[] => Object.entries(list.weaknesses).map(([number, name]) => [`CWE-${number}`, name])
