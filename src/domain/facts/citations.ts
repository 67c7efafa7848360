/** What a text points at, as far as a machine can tell: nothing here is believed, everything can be looked up. */
export interface Citations {
  /** Host names and addresses of URLs, in lower case, as ASCII (punycode), with the port where it is not the scheme's own. */
  readonly hosts: readonly string[]
  readonly versions: readonly string[]
  /** Abbreviated or whole object names of Git, in lower case. */
  readonly commits: readonly string[]
  readonly files: readonly CitedFile[]
  /** Functions, methods and types. */
  readonly symbols: readonly string[]
  readonly cves: readonly string[]
  readonly cwes: readonly string[]
}

export interface CitedFile { readonly path: string; readonly line: number | null }

/** So many of each kind: a text that cites more wants to tire us. */
const most = 50
/** In UTF-16 units. */
const longest = 1_000_000

export function citationsIn(given: string): Citations {
  const text = given.slice(0, longest)
  const withoutUrls = text.replace(url, ' ').replace(standard, ' ')
  return {
    hosts: few(all(text, url).flatMap(([found]) => hostOf(found))),
    versions: few(all(withoutUrls, version).map(([, found]) => found!)),
    commits: few(all(withoutUrls, commit).map(([found]) => found).filter((found) => /\d/.test(found) && /[a-f]/.test(found))),
    files: filesIn(withoutUrls),
    symbols: few([...all(withoutUrls, called).map(([, found]) => found!), ...all(withoutUrls, quoted).map(([, found]) => found!).filter(isIdentifier)]
      .filter((found) => !everyday.has(found.toLowerCase()))),
    cves: few(all(text, cve).map(([found]) => found.toUpperCase())),
    cwes: few(all(text, cwe).map(([, number]) => `CWE-${Number(number)}`)),
  }
}

const url = /\bhttps?:\/\/(?:\[[\da-f:.]{2,45}\])?[^\s<>"'`)\]}]*/giu
/** Versions of standards and browsers, which are not of the thing that is reported on. */
const standard = /\b(?:CVSS|HTTP|D?TLS|SSL|OAuth|Mozilla|AppleWebKit|Chrome|Safari|Firefox)[/: ]?v?\d[\w.]*/giu
const version = /(?<![\w.])v?(\d{1,4}\.\d{1,4}(?:\.\d{1,6}){0,2}(?:-(?:rc|alpha|beta|pre)[.\d]*)?)(?![\w.]*\w|%)/giu
const commit = /(?<![\w/-])[0-9a-f]{7,40}(?![\w/-])/gu
const cve = /\bCVE-\d{4}-\d{4,9}\b/giu
const cwe = /\bCWE-?(\d{1,5})\b/giu
/** Endings of files that programs are made of. Others are mostly the reporter's own. */
const endings = 'c|cc|cpp|cxx|h|hh|hpp|m|mm|rs|go|py|rb|php|java|kt|kts|scala|swift|cs|fs|ts|tsx|js|jsx|mjs|cjs|vue|svelte|sql|sh|pl|lua|ex|exs|erl|hs|tf|proto'
const file = new RegExp(String.raw`(?<![\w./-])((?:[\w.@-]+/)*[\w@-][\w.@-]*\.(?:${endings}))(?![\w/-])(?:(?::|#L|,? (?:at |on )?line )(\d{1,7}))?`, 'gu')
const called = /(?<![\w$>.:])([A-Za-z_$][\w$]*(?:(?:::|->|\.)[A-Za-z_$][\w$]*)*)\(\)/gu
const quoted = /`([A-Za-z_$][\w$]*(?:(?:::|->|\.)[A-Za-z_$][\w$]*)*)`/gu

const all = (text: string, pattern: RegExp): RegExpMatchArray[] => [...text.matchAll(pattern)]
const few = <T>(values: readonly T[]): T[] => [...new Set(values)].slice(0, most)

/** Names that prose does not have: with an underscore, a qualifier, or a capital inside. */
const isIdentifier = (name: string): boolean => /_|::|->|[a-z][A-Z]/.test(name)

/** Of the languages and of the shell rather than of the thing that is reported on. */
const everyday = new Set(['main', 'printf', 'malloc', 'free', 'alert', 'console.log', 'system', 'exec', 'eval', 'require', 'print', 'fetch'])

function filesIn(text: string): CitedFile[] {
  const found = new Map<string, CitedFile>()
  for (const [, path, line] of all(text, file)) {
    if (found.size === most) break
    found.set(`${path}:${line ?? ''}`, { path: path!, line: line ? Number(line) : null })
  }
  return [...found.values()]
}

function hostOf(found: string): string[] {
  try {
    return [new URL(found.replace(/[.,;:!?]+$/, '')).host.replace(/\.(?=$|:)/, '')].filter(Boolean)
  } catch {
    return []
  }
}
