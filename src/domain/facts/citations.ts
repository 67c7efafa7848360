/** What a text points at, as far as a machine can tell: nothing here is believed, everything can be looked up. */
export interface Citations extends Claimed {
  /** Host names and addresses of URLs, in lower case, as ASCII (punycode), with the port where it is not the scheme's own. */
  readonly hosts: readonly string[]
  readonly files: readonly CitedFile[]
  readonly cves: readonly string[]
  readonly cwes: readonly string[]
  /** What looks the same and may be anything: a score, another program's version, a name of the reporter's own code. That it is not there says nothing. */
  readonly mentioned: Claimed
}

/** What the text says is of the thing that is reported on. */
export interface Claimed {
  readonly versions: readonly string[]
  /** Abbreviated or whole object names of Git, in lower case. */
  readonly commits: readonly string[]
  /** Functions, methods and types. */
  readonly symbols: readonly string[]
}

export interface CitedFile { readonly path: string; readonly line: number | null }

/** So many of each kind: a text that cites more wants to tire us. */
const most = 50
/** In UTF-16 units. */
const longest = 1_000_000

/** `code` is what is code as a whole, such as a proof of concept; blocks of it in the text are found. */
export function citationsIn(given: string, code = ''): Citations {
  const text = given.slice(0, longest)
  const { prose, blocks } = apart(text.replace(url, ' ').replace(standard, ' '))
  const inCode = `${blocks}\n${code.slice(0, longest)}`
  const [versions, commits] = [numbersIn(prose, version, isVersionOf), numbersIn(prose, commit, isCommitOf)]
  const named = all(prose, called).map(([, found]) => found!).filter((found) => !everyday.has(found.toLowerCase()))
  const labelled = labels.flatMap((label) => all(prose, label).map((found) => found.slice(1).find(Boolean)!))
  const symbols = few([...named, ...labelled])
  const quotedNames = all(prose, quoted).map(([, found]) => found!).filter(isIdentifier)
  const loose = few([...quotedNames, ...all(inCode, frame).map(([, found]) => found!)].filter((found) => !symbols.includes(found)))
  return {
    hosts: few(all(text, url).flatMap(([found]) => hostOf(found))), files: filesIn(`${prose}\n${inCode}`),
    versions: versions.claimed, commits: commits.claimed.filter(isCommit), symbols,
    mentioned: { versions: versions.mentioned, commits: commits.mentioned.filter(isCommit), symbols: loose },
    cves: few(all(text, cve).map(([found]) => found.toUpperCase())),
    cwes: few(all(text, cwe).map(([, number]) => `CWE-${Number(number)}`)),
  }
}

const url = /\bhttps?:\/\/(?:\[[\da-f:.]{2,45}\])?[^\s<>"'`)\]}]*/giu
/** Versions of standards and browsers, which are not of the thing that is reported on. */
const standard = /\bCVSS:\d[\w.:/]*|(?<![\w/.-])(?:CVSS|HTTP|D?TLS|SSL|OAuth|Mozilla|AppleWebKit|Chrome|Safari|Firefox)[/: ]?v?\d+(?:\.\d+)*(?!\.?[\w/])/giu
const version = /(?<![\w.])v?(\d{1,4}\.\d{1,4}(?:\.\d{1,6}){0,2}(?:-(?:rc|alpha|beta|pre)[.\d]*)?)(?![\w.]*\w|%)/giu
const commit = /(?<![\w/-])([0-9a-f]{40}|[0-9a-f]{7,16})(?![\w/-])/gu
const cve = /\bCVE-\d{4}-\d{4,9}\b/giu
const cwe = /\bCWE-?(\d{1,5})\b/giu
/** Endings of files that programs are made of. Others are mostly the reporter's own. */
const endings = 'c|cc|cpp|cxx|h|hh|hpp|m|mm|rs|go|py|rb|php|java|kt|kts|scala|swift|cs|fs|ts|tsx|js|jsx|mjs|cjs|vue|svelte|sql|sh|pl|lua|ex|exs|erl|hs|tf|proto'
const file = new RegExp(
  String.raw`(?<![\w./-])(/?(?:[\w.@-]+/)*[\w@-][\w.@-]*\.(?:${endings}))(?![\w/-])(?:(?::|#L|,? (?:at |on )?line )(\d{1,7}))?`, 'gu')
const identifier = String.raw`[A-Za-z_$][\w$]*(?:(?:::|->|\.)[A-Za-z_$][\w$]*)*`
const called = new RegExp(String.raw`(?<![\w$>.:])(${identifier})\(\)`, 'gu')
/** “the function parse_header”, “`parse_header` macro”: without quotes only names that no language's prose has. */
const kind = '(?:functions?|methods?|macros?|routines?|structs?|structure|symbol|handler)'
const unquoted = String.raw`([A-Za-z]\w{0,60}?(?:_|::)\w{1,60})\b`
const inTicks = `\x60(${identifier})\x60`
const labels = [
  new RegExp(String.raw`\b${kind} (?:${inTicks}|${unquoted})`, 'giu'), new RegExp(String.raw`(?:${inTicks}|(?<![\w/.])${unquoted}) ${kind}\b`, 'giu'),
]
const quoted = new RegExp(inTicks, 'gu')
/** A line of a stack trace: “#1 0x4f in parse_header lib/http.c:12”. */
const frame = /^\s{0,8}#\d{1,3} .{0,30}?\bin ([A-Za-z_]\w*)/gmu

/** What stands before a number and says that it is a version, at most three words away; and programs whose versions people name by the way. */
const versionLabel = /(?:^|\W)(?:versions?|ver|v|releases?|released|tags?|tagged)\W+(?:(?!on |with |in |at |for )\S+\s+){0,3}$/iu
const commitLabel = /(?:^|\W)(?:versions?|commits?|revisions?|rev|changesets?|git)\W+(?:\S+\s+){0,2}$/iu
const others = new RegExp(String.raw`\b(?:python|ubuntu|fedora|centos|rhel|alpine|kali|windows|macos|ios|android|linux|kernel|openssl|libressl|gnutls|glibc|`
  + String.raw`debian|musl|gcc|clang|llvm|node(?:\.js)?|npm|java|`
  + String.raw`jdk|php|ruby|perl|go|rust|nginx|apache|suite|zap|nmap|sqlmap|nuclei|docker|postgresql|mysql|edge|valgrind|gdb)\W+(?:version )?v?$`, 'iu')
const before = 60

type IsClaimed = (before: string, found: string) => boolean
const isVersionOf: IsClaimed = (text, found) => (found.startsWith('v') || versionLabel.test(text)) && !others.test(text)
const isCommitOf: IsClaimed = (text) => commitLabel.test(text)
const isCommit = (found: string) => /\d/.test(found) && /[a-f]/.test(found)

const all = (text: string, pattern: RegExp): RegExpMatchArray[] => [...text.matchAll(pattern)]
const few = <T>(values: readonly T[]): T[] => [...new Set(values)].slice(0, most)

function numbersIn(text: string, pattern: RegExp, isClaimed: IsClaimed): { claimed: string[]; mentioned: string[] } {
  const found = new Map<string, boolean>()
  for (const { 0: whole, 1: number, index = 0 } of all(text, pattern)) {
    found.set(number!, found.get(number!) === true || isClaimed(text.slice(Math.max(0, index - before), index), whole))
    if (found.size === 2 * most) break
  }
  const those = (claimed: boolean) => few([...found].filter(([, one]) => one === claimed).map(([number]) => number))
  return { claimed: those(true), mentioned: those(false) }
}

/** Names that prose does not have: with an underscore, a qualifier, or a capital inside. */
const isIdentifier = (name: string): boolean => /_|::|->|[a-z][A-Z]/.test(name)

/** Of the languages, of browsers and of the shell rather than of the thing that is reported on. */
const everyday = new Set([
  'main', 'printf', 'malloc', 'free', 'alert', 'prompt', 'confirm', 'console.log', 'system', 'exec', 'eval', 'require', 'print', 'fetch', 'sleep', 'settimeout',
  'document.write', 'json.stringify', 'json.parse', 'window.open', 'os.system', 'time.sleep', 'requests.get', 'requests.post', 'subprocess.run',
  'phpinfo', 'var_dump',
])

/** Blocks of code between fences, and all else. */
function apart(text: string): { prose: string; blocks: string } {
  const [prose, blocks]: [string[], string[]] = [[], []]
  let fence = ''
  for (const line of text.split('\n')) {
    const mark = /^\s{0,3}(```|~~~)/.exec(line)?.[1] ?? ''
    if (fence === '' && mark) fence = mark
    else if (fence !== '' && mark === fence) fence = ''
    else (fence === '' ? prose : blocks).push(line)
  }
  return { prose: prose.join('\n'), blocks: blocks.join('\n') }
}

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
