import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { Invalid } from './errors.ts'

const MB = 1024 * 1024

/** What a ZIP may hold, in bytes and files. A file that says it is small and is not ends the reading. */
export const zipLimits = { file: 100 * MB, total: 500 * MB, files: 5000 }

export interface ZippedFile { readonly path: string; content(): Promise<Buffer> }

/**
 * Gives the files of a ZIP from outside one by one, unpacked when their content is asked for, in memory. Throws `Invalid` at the field `package`
 * where it is no ZIP, a name leads out of it, or it holds a symbolic link, something encrypted, or too much.
 */
export async function* openZip(zip: Buffer, limits = zipLimits): AsyncGenerator<ZippedFile> {
  let [files, total] = [0, 0]
  try {
    const opened = await fromBufferPromise(zip)
    for await (const entry of opened.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue
      refuseEntry(entry)
      total += entry.uncompressedSize
      if (++files > limits.files) throw wrong(`it holds more than ${limits.files} files.`)
      if (entry.uncompressedSize > limits.file) throw wrong(`${entry.fileName} has more than ${limits.file / MB} MB.`)
      if (total > limits.total) throw wrong(`unpacked it has more than ${limits.total / MB} MB.`)
      yield { path: entry.fileName, content: () => contentOf(opened, entry).catch(refuseUnreadable) }
    }
  } catch (error) {
    if (error instanceof Invalid) throw error
    refuseUnreadable(error)
  }
}

function refuseUnreadable(error: unknown): never {
  throw wrong(`it cannot be read as a ZIP file. ${(error as Error).message}.`)
}

function refuseEntry(entry: Entry): void {
  // Unix keeps a file's type in the upper half of this; 0o12 is a symbolic link.
  if (entry.externalFileAttributes >>> 28 === 0o12) throw wrong(`${entry.fileName} is a symbolic link.`)
  if (entry.isEncrypted()) throw wrong(`${entry.fileName} is encrypted.`)
}

/** yauzl ends a stream with an error as soon as it gives more than the entry's stated size, or less. */
async function contentOf(opened: ZipFile, entry: Entry): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of await opened.openReadStreamPromise(entry)) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const wrong = (why: string) => new Invalid({ package: `The package is not taken: ${why}` })
