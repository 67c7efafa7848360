import { lookup } from 'node:dns/promises'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { dirname, join } from 'node:path'
import { insideNetwork, isInside, Unreachable } from '../../../lib/outbound.ts'
import { ask, git } from './git.ts'

const MB = 1024 * 1024
const mostBytes = 2048 * MB
const mostMs = 15 * 60_000
const watchEveryMs = 1000

/** Why a mirror could not be brought up to date: a word for the desk, never the other side's text. */
export class NotFetched extends Error {
  constructor(readonly problem: 'too large' | 'too slow' | 'refused' | 'address not allowed', options?: ErrorOptions) { super(problem, options) }
}

export interface FetchOptions { readonly privateNetwork: boolean; readonly signal: AbortSignal }

/**
 * Brings a bare mirror of branches and tags up to date from an https address under the rules of `outbound`: the address is resolved here, judged,
 * and git connects to that very address and follows no redirect. Nothing of it is ever checked out or run.
 */
export async function fetchMirror(repository: string, address: string, { privateNetwork, signal }: FetchOptions): Promise<void> {
  const config = await pinned(new URL(address), privateNetwork)
  const fresh = !await exists(join(repository, 'HEAD'))
  const place = fresh ? `${repository}.new` : repository
  if (fresh) await begin(place, signal)
  const watch = tooLarge(place, signal)
  const protocols = privateNetwork ? 'https:http' : 'https'
  try {
    const how = { signal: watch.signal, timeoutMs: mostMs, maxBytes: MB, config, protocols }
    const { code, ended } = await git(place, [
      'fetch', '--quiet', '--prune', '--force', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance', address,
      '+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*',
    ], how)
    if (code !== 0) throw new NotFetched(ended === 'time is over' ? 'too slow' : 'refused')
    await setHead(place, address, how)
    if (fresh) await rename(place, repository)
  } catch (error) {
    if (fresh) await rm(place, { recursive: true, force: true })
    throw error
  } finally {
    watch.end()
  }
}

async function begin(place: string, signal: AbortSignal): Promise<void> {
  await rm(place, { recursive: true, force: true })
  await mkdir(dirname(place), { recursive: true, mode: 0o700 })
  await git(place, ['init', '--quiet', '--bare', '--template='], { signal })
}

const exists = (path: string) => access(path).then(() => true, () => false)

/** What the name says now is what is connected to, whatever it says a moment later. */
async function pinned(url: URL, privateNetwork: boolean): Promise<string[]> {
  if (url.protocol !== 'https:' && !(privateNetwork && url.protocol === 'http:')) throw new NotFetched('address not allowed')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  try {
    const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address)
    if (!privateNetwork && (addresses.length === 0 || addresses.some(isInside))) throw insideNetwork()
    const port = url.port || (url.protocol === 'https:' ? '443' : '80')
    return isIP(host) ? [] : [`http.curloptResolve=${host}:${port}:${addresses.map((one) => (isIP(one) === 6 ? `[${one}]` : one)).join(',')}`]
  } catch (cause) {
    throw new NotFetched(cause instanceof Unreachable ? 'address not allowed' : 'refused', { cause })
  }
}

/** The branch that the other side means by HEAD; where it does not say, one that people commonly mean. */
async function setHead(place: string, address: string, how: Parameters<typeof ask>[2]): Promise<void> {
  const said = /^ref: (refs\/heads\/\S+)\tHEAD$/m.exec(await ask(place, ['ls-remote', '--symref', address, 'HEAD'], how))?.[1]
  const branches = (await ask(place, ['for-each-ref', '--format=%(refname)', 'refs/heads'], how)).split('\n').filter(Boolean)
  const head = [said, 'refs/heads/main', 'refs/heads/master', branches[0]].find((one) => one && branches.includes(one))
  if (head) await git(place, ['symbolic-ref', 'HEAD', head], how)
}

/** Aborts when the folder has grown too large: git itself knows no limit. */
function tooLarge(place: string, signal: AbortSignal): { signal: AbortSignal; end(): void } {
  const limit = new AbortController()
  const timer = setInterval(() => {
    void sizeOf(place).then((bytes) => { if (bytes > mostBytes) limit.abort(new NotFetched('too large')) }, () => {})
  }, watchEveryMs)
  return { signal: AbortSignal.any([signal, limit.signal]), end: () => clearInterval(timer) }
}

async function sizeOf(folder: string): Promise<number> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  // A file may be renamed between the two looks.
  const sizes = await Promise.all(files.map((file) => stat(join(file.parentPath, file.name)).then(({ size }) => size, () => 0)))
  return sizes.reduce((sum, size) => sum + size, 0)
}
