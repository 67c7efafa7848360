import type { CitedFile, Citations } from '../citations.ts'
import type { Fact, Group } from '../fact.ts'
import { NoSuchProgram } from '../run-child.ts'
import { ask, git } from './git.ts'

export type CitedSource = Pick<Citations, 'versions' | 'commits' | 'files' | 'symbols' | 'mentioned'>

/** Whether there is anything to look up. */
export const citesSource = ({ versions, commits, files, symbols, mentioned }: CitedSource): boolean =>
  [versions, commits, files, symbols, mentioned.versions, mentioned.commits, mentioned.symbols].some((some) => some.length > 0)

const MB = 1024 * 1024

/** One look into a mirror: whether what is cited exists, at the version that is cited, or else where development stands. */
export async function checkSource(repository: string, name: string, cited: CitedSource, signal: AbortSignal): Promise<Group> {
  try {
    const look = new Look(repository, signal)
    const { mentioned } = cited
    const [tags, commits] = [await look.tags(), await look.commits([...cited.commits, ...mentioned.commits])]
    const tagOf = (version: string) => tags.get(plain(version)) ?? [...tags].find(([one]) => one.startsWith(`${plain(version)}.`))?.[1]
    const tag = [...cited.versions, ...mentioned.versions].map(tagOf).find(Boolean)
    const revision = commits.values().next().value ?? (tag ? `refs/tags/${tag}` : head)
    const paths = await look.paths(revision)
    if (paths.length === 0) return uncheckedGroup(name, cited, 'the mirror is empty or cannot be read')
    const facts = [
      ...[...cited.commits, ...mentioned.commits].map((commit) => existing(commit, commits.has(commit), 'a commit', 'no such commit')),
      ...[...cited.versions, ...mentioned.versions].map((version) => existing(version, !!tagOf(version), `the tag ${tagOf(version)}`, 'no tag of this name')),
      ...await look.files(cited.files, paths, revision),
      ...await look.symbols([...cited.symbols, ...mentioned.symbols], revision),
    ]
    const passing = new Set([...mentioned.commits, ...mentioned.versions, ...mentioned.symbols])
    return {
      check: 'source', against: `${name}, ${revision === head ? 'where development stands' : `at ${revision.replace('refs/tags/', '')}`}`,
      facts: facts.filter(({ about, mark }) => mark === 'yes' || !passing.has(about)),
    }
  } catch (error) {
    if (!(error instanceof NoSuchProgram)) throw error
    return uncheckedGroup(name, cited, 'git is not installed on the server')
  }
}

const head = 'HEAD'
const onlyLater = { mark: 'hint', says: 'not at this version, but where development stands' } as const

/** Everything that is cited, with the reason why nobody looked. */
export function uncheckedGroup(against: string, { versions, commits, files, symbols }: CitedSource, why: string): Group {
  const all = [...commits, ...versions, ...files.map(nameOf), ...symbols]
  return { check: 'source', against, facts: all.map((about) => ({ about, mark: 'unchecked', says: `not checked: ${why}` })) }
}

/** Something was looked for, and nothing of it was there. */
export const citesNothing = ({ facts }: Group): boolean =>
  facts.some(({ mark }) => mark === 'no') && facts.every(({ mark }) => mark === 'no' || mark === 'hint')

const existing = (about: string, is: boolean, yes: string, no: string): Fact => ({ about, mark: is ? 'yes' : 'no', says: is ? yes : no })
const nameOf = ({ path, line }: CitedFile) => (line === null ? path : `${path}:${line}`)
/** `v1.2.3`, `release-1.2.3` and `curl-1_2_3` are one version. */
const plain = (version: string) => version.replace(/^.*?(?=\d)/, '').replace(/(?<=\d)[_-](?=\d)/g, '.').toLowerCase()

class Look {
  readonly #repository: string
  readonly #signal: AbortSignal
  constructor(repository: string, signal: AbortSignal) {
    this.#repository = repository
    this.#signal = signal
  }

  async #ask(args: readonly string[], input?: string): Promise<string> {
    return ask(this.#repository, args, { signal: this.#signal, ...input !== undefined && { input } })
  }

  /** By plain version, the tag. */
  async tags(): Promise<Map<string, string>> {
    const names = (await this.#ask(['for-each-ref', '--format=%(refname:strip=2)', 'refs/tags'])).split('\n').filter((name) => /\d/.test(name))
    return new Map(names.map((name) => [plain(name), name]))
  }

  /** Of those that exist, by how they were cited, the whole name. */
  async commits(cited: readonly string[]): Promise<Map<string, string>> {
    const answers = (await this.#ask(['cat-file', '--batch-check=%(objectname) %(objecttype)'], cited.map((one) => `${one}^{commit}\n`).join(''))).split('\n')
    return new Map(cited.flatMap((one, i) => {
      const [name, type] = answers[i]?.split(' ') ?? []
      return type === 'commit' ? [[one, name!] as const] : []
    }))
  }

  async paths(revision: string): Promise<string[]> {
    return (await this.#ask(['ls-tree', '-r', '-z', '--name-only', '--full-tree', revision])).split('\0').filter(Boolean)
  }

  async files(cited: readonly CitedFile[], paths: readonly string[], revision: string): Promise<Fact[]> {
    const known = new Set(paths)
    const facts: Fact[] = []
    for (const file of cited) {
      const places = file.path.startsWith('/') ? placesBelow(file.path, known)
        : known.has(file.path) ? [file.path] : paths.filter((path) => path.endsWith(`/${file.path}`))
      facts.push({ about: nameOf(file), ...await this.#file(file, places, revision) })
    }
    return facts
  }

  async #file({ path, line }: CitedFile, places: readonly string[], revision: string): Promise<Omit<Fact, 'about'>> {
    const [place] = places
    if (!place) {
      // A bare name, or a place on a disk, is mostly the reporter's own file.
      const own = !path.includes('/') || path.startsWith('/')
      if (own) return { mark: 'hint', says: 'no file of this name; it may be the reporter’s own' }
      return await this.#later(path, revision) ? onlyLater : { mark: 'no', says: 'no such file' }
    }
    if (places.length > 1) return { mark: 'yes', says: `${places.length} files of this name, such as ${place}` }
    const as = place === path ? 'exists' : `exists as ${place}`
    if (line === null) return { mark: 'yes', says: as }
    const { output, ended } = await git(this.#repository, ['cat-file', 'blob', `${revision}:${place}`], { signal: this.#signal, maxBytes: 16 * MB })
    const lines = linesIn(output)
    if (ended !== 'by itself') return { mark: 'unchecked', says: `${as}; it is too large to count its lines` }
    return line <= lines ? { mark: 'yes', says: `${as}, with ${lines} lines` } : { mark: 'no', says: `${as}, but has only ${lines} lines` }
  }

  /** Whether a file came after the version that is looked at. */
  async #later(path: string, revision: string): Promise<boolean> {
    return revision !== head && (await this.#ask(['cat-file', '-t', `${head}:${path}`])) !== ''
  }

  /** Of `Foo::bar` the last name is looked for: the others may be written elsewhere. */
  async symbols(cited: readonly string[], revision: string): Promise<Fact[]> {
    if (cited.length === 0) return []
    const names = new Set(cited.map(lastName))
    const here = await this.#words(names, revision)
    const missing = new Set([...names].filter((name) => !here.found.has(name)))
    const later = revision !== head && missing.size > 0 ? (await this.#words(missing, head)).found : new Set()
    return cited.map((symbol): Fact => {
      if (here.found.has(lastName(symbol))) return { about: symbol, mark: 'yes', says: 'is in the source' }
      if (later.has(lastName(symbol))) return { about: symbol, ...onlyLater }
      if (here.whole) return { about: symbol, mark: 'no', says: 'no such word in the source' }
      return { about: symbol, mark: 'unchecked', says: 'not checked: there was too much to search' }
    })
  }

  async #words(names: ReadonlySet<string>, revision: string): Promise<{ found: ReadonlySet<string>; whole: boolean }> {
    const asked = ['grep', '-I', '-h', '-o', '-w', '-F', ...[...names].flatMap((name) => ['-e', name]), revision]
    const { output, code, ended } = await git(this.#repository, asked, { signal: this.#signal, maxBytes: 16 * MB })
    return { found: new Set(output.toString('utf8').split('\n')), whole: ended === 'by itself' && (code === 0 || code === 1) }
  }
}

const lastName = (symbol: string) => symbol.split(/::|->|\./).at(-1)!

/** Where a file lies that was built elsewhere: `/build/ada/curl/lib/url.c` is `lib/url.c`. */
function placesBelow(path: string, known: ReadonlySet<string>): string[] {
  for (let rest = path.slice(1); rest.includes('/'); rest = rest.slice(rest.indexOf('/') + 1)) if (known.has(rest)) return [rest]
  return []
}

function linesIn(content: Buffer): number {
  let lines = content.length > 0 && content.at(-1) !== 10 ? 1 : 0
  for (const byte of content) if (byte === 10) lines++
  return lines
}
