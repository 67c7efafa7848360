import { Invalid } from '../lib/errors.ts'
import { entered, type Entered } from '../verbs/form-input.ts'
import { maxBodyBytes, maxFields } from './limits.ts'
import { readMultipart, type TakeFile } from './multipart.ts'

export interface Posting {
  /** Called with the token that the body carries, before anything of it is kept. Throws when it is not ours. */
  demandToken(token: string | undefined): void
  /** Streams one file away and answers the id that takes its place among the fields. Absent: the form takes no files. */
  takeFile?: TakeFile
}

/** The fields of a posted form, nested by their names. The token is checked and left out. */
export async function readPosted(request: Request, posting: Posting): Promise<Entered> {
  const type = request.headers.get('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return entered(await readMultipart(request, type, posting))
  const fields = new URLSearchParams(await readText(request, maxBodyBytes))
  posting.demandToken(fields.get('csrf') ?? undefined)
  if (fields.size > maxFields) throw new Invalid({ '': 'There are too many fields in this form.' })
  fields.delete('csrf')
  return entered(fields)
}

/** The whole body as text. Refuses one that is larger, whatever its headers say, without reading on. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new Invalid({ '': `This is too much at once: at most ${maxBytes / 1024 / 1024} MB are taken, files aside.` })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
