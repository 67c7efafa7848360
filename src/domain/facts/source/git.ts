import { runChild, type Ran } from '../run-child.ts'

export interface GitOptions {
  readonly signal: AbortSignal
  readonly input?: string
  readonly timeoutMs?: number
  readonly maxBytes?: number
  /** Settings for this one call, as `name=value`. */
  readonly config?: readonly string[]
  /** By which it may reach others; none: not at all. */
  readonly protocols?: string
}

/** What a repository, a user or a machine may have configured counts for nothing here, nor is anybody asked for a password. */
const surroundings = (protocols: string) => ({
  PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', HOME: '/nonexistent', XDG_CONFIG_HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_ATTR_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '/bin/false', SSH_ASKPASS: '/bin/false', GIT_SSH_COMMAND: '/bin/false', GIT_ALLOW_PROTOCOL: protocols, GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_LITERAL_PATHSPECS: '1',
})

/** Hooks and programs that a repository's own configuration could name. */
const harmless = [
  'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.sshCommand=/bin/false', 'core.askPass=/bin/false', 'core.alternateRefsCommand=',
  'credential.helper=', 'safe.directory=*', 'gc.auto=0', 'maintenance.auto=false', 'fetch.recurseSubmodules=false', 'fetch.writeCommitGraph=false',
  'http.followRedirects=false', 'http.proxy=', 'http.lowSpeedLimit=1000', 'http.lowSpeedTime=60',
]

const MB = 1024 * 1024

/** One call of `git` on a bare repository. */
export function git(repository: string, args: readonly string[], options: GitOptions): Promise<Ran> {
  const { signal, input, timeoutMs = 30_000, maxBytes = 64 * MB, config = [], protocols = '' } = options
  const settings = [...harmless, ...config].flatMap((one) => ['-c', one])
  return runChild('git', [...settings, `--git-dir=${repository}`, ...args], {
    env: surroundings(protocols), cwd: '/', timeoutMs, maxBytes, signal, ...input !== undefined && { input },
  })
}

/** The same, for its words; '' where git refuses. */
export async function ask(repository: string, args: readonly string[], options: GitOptions): Promise<string> {
  const { code, output } = await git(repository, args, options)
  return code === 0 ? output.toString('utf8') : ''
}
