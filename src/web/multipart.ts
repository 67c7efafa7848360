import { Busboy } from '@fastify/busboy'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Invalid } from '../lib/errors.ts'
import { maxBodyBytes, maxFields } from './limits.ts'
import type { Posting } from './posted.ts'

/** Takes one file of a form while it arrives, and says itself how large it may be. */
export type TakeFile = (field: string, file: { name: string; type: string }, content: AsyncIterable<Uint8Array>) => Promise<string>

const limits = { fieldNameSize: 200, fieldSize: maxBodyBytes, fields: maxFields, files: 20, headerPairs: 50 }

/**
 * Fields and files of a multipart body (RFC 7578), in the order they came; a file counts as a field whose value is the
 * id that `takeFile` answered. Files stream through and are never held; fields are, up to `maxBodyBytes` together. The token has to
 * come before the first file.
 */
export async function readMultipart(request: Request, contentType: string, { demandToken, takeFile }: Posting): Promise<[string, string][]> {
  const fields: (readonly [string, Promise<string>])[] = []
  const parser = new Busboy({ headers: { 'content-type': contentType }, limits })
  let trusted = false
  let held = 0
  parser.on('field', (name, value) => {
    if (name === 'csrf') return void (trusted = attempt(parser, () => demandToken(value)))
    held += Buffer.byteLength(value)
    if (held >= maxBodyBytes) return void parser.destroy(new Invalid({ [name]: 'This is too much at once.' }))
    fields.push([name, Promise.resolve(value)])
  })
  parser.on('file', (name, stream, filename, _encoding, type) => {
    if (!trusted) return void attempt(parser, () => demandToken(undefined))
    if (!filename) return void stream.resume()
    if (!takeFile) return void parser.destroy(new Invalid({ [name]: 'This form takes no files.' }))
    const taken = takeFile(name, { name: filename, type }, stream)
    taken.catch((error: Error) => parser.destroy(error))
    fields.push([name, taken])
  })
  const tooMany = () => void parser.destroy(new Invalid({ '': 'There are too many fields or files in this form.' }))
  parser.on('partsLimit', tooMany).on('filesLimit', tooMany).on('fieldsLimit', tooMany)
  await pipeline(Readable.fromWeb(request.body as never), parser)
  if (!trusted) demandToken(undefined)
  return Promise.all(fields.map(async ([name, value]): Promise<[string, string]> => [name, await value]))
}

function attempt(parser: InstanceType<typeof Busboy>, check: () => void): boolean {
  try { check(); return true } catch (error) {
    parser.destroy(error as Error)
    return false
  }
}
