import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Names the code that computes standings: a hash of its sources and of the time zone database that it counts by. So a snapshot is never
 * read by an engine that would have come to another result, and nobody has to remember to raise a number.
 */
export function engineVersion(): string { return version ??= computed() }

let version: string | undefined

function computed(): string {
  const home = new URL('./', import.meta.resolve('avow-verify'))
  const folder = new URL('commitments/', home)
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort().map((name) => new URL(name, folder))
  const hash = createHash('sha256').update(`${process.versions.tz} ${process.versions.icu}\n`)
  for (const source of [...sources, new URL('ledger/streams.ts', home)]) hash.update(readFileSync(source))
  return hash.digest('base64url')
}
