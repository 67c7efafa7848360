import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Source { readonly path: string; readonly text: string }

/** Files of ours below the root, by pattern, with `/` in their paths. */
export function sources(...patterns: string[]): Source[] {
  const paths = globSync(patterns, { cwd: root, exclude: (path) => path.includes('node_modules') })
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** What is, or is about to be, part of the project; undefined where there is no git. */
export function trackedPaths(): string[] | undefined {
  try {
    return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\0').filter(Boolean)
  } catch { return undefined }
}

/** Fails with one line for each finding, all at once. */
export const listed = (findings: string[]): string => `\n  ${findings.join('\n  ')}\n`
