/** One thing that a tool says it found, whatever the tool. Texts are the tool's own, shortened. */
export interface Finding {
  /** The tool's name for the kind of thing: a rule's id, a template, an advisory. */
  readonly rule: string
  readonly title: string
  readonly severity: 'none' | 'low' | 'medium' | 'high' | 'critical' | null
  /** File and line, address, or package and version. */
  readonly where: readonly string[]
  /** CVE, GHSA and CWE ids that the tool names. */
  readonly ids: readonly string[]
}

export interface ToolOutput {
  readonly tool: string
  /** '' where the output does not say. */
  readonly version: string
  readonly findings: readonly Finding[]
  /** More were there than are listed. */
  readonly cut: boolean
}

/** So many findings are kept, and so many places of each: a report is read by a person. */
export const mostFindings = 500
const mostPlaces = 20
const longest = 300

const short = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, longest)

interface Rough {
  readonly rule: unknown
  readonly title: unknown
  readonly severity?: unknown
  readonly where?: readonly unknown[]
  readonly ids?: readonly unknown[]
}

/** A finding of values that may be anything: what is no text is left out. */
export function finding({ rule, title, severity, where = [], ids = [] }: Rough): Finding {
  const named = short(text(rule))
  return {
    rule: named, title: short(text(title)) || named, severity: severityOf(severity),
    where: unique(where).slice(0, mostPlaces),
    ids: unique(ids.map(idOf)),
  }
}

const known = /^(CVE-\d{4}-\d{4,}|GHSA(-[0-9A-Z]{4}){3}|CWE-[1-9]\d{0,4})$/

/** `79` and `cwe-079` are `CWE-79`; a GHSA id ends in small letters; '' for what is no id that others know. */
function idOf(given: unknown): string {
  const id = text(given).toUpperCase().replace(/^(?:CWE-)?0*(\d+)$/, 'CWE-$1')
  return !known.test(id) ? '' : id.startsWith('GHSA-') ? `GHSA-${id.slice('GHSA-'.length).toLowerCase()}` : id
}

const unique = (values: readonly unknown[]): string[] => [...new Set(values.map((value) => short(text(value))).filter(Boolean))]

export const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '')

/** A member of something that may be anything. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined
    found = (found as Record<string | number, unknown>)[step]
  }
  return found
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
/** Values of an object, in its order. */
export const entries = (value: unknown): readonly [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

const words: Readonly<Record<string, Finding['severity']>> = {
  info: 'none', informational: 'none', none: 'none', note: 'low', low: 'low', moderate: 'medium', medium: 'medium', warning: 'medium',
  high: 'high', error: 'high', critical: 'critical',
}

/** By the tool's word, or by a CVSS score from 0 to 10 (bands of CVSS 3.1 and 4.0). */
function severityOf(value: unknown): Finding['severity'] {
  const word = text(value).trim().toLowerCase()
  if (word in words) return words[word]!
  const score = word === '' ? Number.NaN : Number(word)
  if (!(score >= 0 && score <= 10)) return null
  return score === 0 ? 'none' : score < 4 ? 'low' : score < 7 ? 'medium' : score < 9 ? 'high' : 'critical'
}
