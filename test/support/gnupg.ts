import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathOf } from './needs.ts'

export interface GnuPg {
  /** What it prints. Throws with what it complained of. */
  (args: readonly string[], input?: string | Buffer): Buffer
  /** A key that signs and can be encrypted to, unless told; answers its fingerprint. */
  key(userId: string, how?: { usage?: 'sign' | 'default'; lasts?: string; algorithm?: string }): string
  import(key: string | Buffer): void
  publicKey(userId: string): string
  close(): void
}

/** A GnuPG with a home of its own, as the other side has it. Call only where `needs('gpg')` lets the test run. */
export function gnuPg(): GnuPg {
  const home = mkdtempSync(join(tmpdir(), 'avow-gpg-'))
  const run = (args: readonly string[], input?: string | Buffer) => execFileSync(pathOf('gpg'),
    ['--homedir', home, '--batch', '--trust-model', 'always', '--pinentry-mode', 'loopback', '--passphrase', '', ...args],
    { input, stdio: 'pipe', maxBuffer: 512 * 1024 * 1024 })
  return Object.assign(run, {
    key(userId: string, { usage = 'default', lasts = 'never', algorithm = 'future-default' }: Parameters<GnuPg['key']>[1] = {}) {
      run(['--quick-generate-key', userId, usage === 'sign' ? 'ed25519' : algorithm, usage, lasts])
      return /^fpr:+([0-9A-F]{40}):/m.exec(run(['--with-colons', '--list-keys', userId]).toString())![1]!
    },
    import(key: string | Buffer) { run(['--import'], key) },
    publicKey: (userId: string) => run(['--armor', '--export', userId]).toString(),
    close() {
      try { execFileSync('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'], { stdio: 'ignore' }) } catch { /* it ends by itself when its home is gone */ }
      rmSync(home, { recursive: true, force: true })
    },
  })
}

/** A file beside nothing else, for what GnuPG reads by name; removed with `done`. */
export function scratchFile(content: string | Buffer): { path: string; done(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'avow-file-'))
  const path = join(folder, 'content')
  writeFileSync(path, content)
  return { path, done: () => rmSync(folder, { recursive: true }) }
}
