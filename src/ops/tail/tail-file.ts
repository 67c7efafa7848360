import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** One row of a table as PostgreSQL prints it in JSON, or the erasure of a data key. docs/formats/tail.md shows each. */
export type TailLine = { readonly table: TailTable; readonly row: Record<string, unknown> } | { readonly erased: string; readonly at: string }

export type TailTable = 'organizations' | 'data_keys' | 'entries' | 'leaves' | 'checkpoints' | 'cosignatures' | 'signing_keys'

/** Adds whole lines to the file of the day; they are on disk when it returns. */
export async function appendLines(folder: string, day: string, lines: readonly TailLine[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(join(folder, `${day}.jsonl`), 'a', 0o600)
  try {
    await file.writeFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await file.datasync()
  } finally { await file.close() }
}

/** Oldest first. */
export async function listDays(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => /^\d{4}-\d\d-\d\d\.jsonl$/.test(name)).sort().map((name) => name.slice(0, 10))
}

/** The lines of one day. A last line that a crash cut short is passed over. */
export async function* readLines(folder: string, day: string): AsyncGenerator<TailLine> {
  const lines = createInterface({ input: createReadStream(join(folder, `${day}.jsonl`)), crlfDelay: Infinity })
  for await (const line of lines) {
    const parsed = parse(line)
    if (parsed) yield parsed
  }
}

/** Cuts off what a crash left of a last line, so that the next one begins on a line of its own. */
export async function mend(folder: string, day: string): Promise<void> {
  const path = join(folder, `${day}.jsonl`)
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, 1024 * 1024))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = size - tail.length + tail.lastIndexOf(10) + 1
    if (end < size) await truncate(path, end)
  } finally { await file.close() }
}

export const forgetDay = (folder: string, day: string): Promise<void> => rm(join(folder, `${day}.jsonl`), { force: true })

function parse(line: string): TailLine | undefined {
  try { return JSON.parse(line) as TailLine } catch { return undefined }
}
