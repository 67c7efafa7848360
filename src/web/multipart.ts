import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Invalid } from '../lib/errors.ts'
import type { Posting } from './posted.ts'

/** Takes one file of a form while it arrives. The stream ends with an error when the file is too large. */
export type TakeFile = (field: string, file: { name: string; type: string }, content: AsyncIterable<Uint8Array>) => Promise<string>

const limits = { fieldNameSize: 200, fieldSize: 1024 * 1024, fields: 2000, files: 20, fileSize: 256 * 1024 * 1024, headerPairs: 50 }

/**
 * Fields and files of a multipart body (RFC 7578), in the order they came; a file counts as a field whose value is the
 * id that `takeFile` answered. Files stream through and are never held. The token has to come before the first file.
 */
export async function readMultipart(request: Request, contentType: string, { demandToken, takeFile }: Posting): Promise<[string, string][]> {
  const fields: (readonly [string, Promise<string>])[] = []
  const parser = new Busboy({ headers: { 'content-type': contentType }, limits })
  let trusted = false
  parser.on('field', (name, value, _nameCut, valueCut) => {
    if (name === 'csrf') return void (trusted = attempt(parser, () => demandToken(value)))
    fields.push([name, valueCut ? Promise.reject(new Invalid({ [name]: 'This is too long.' })) : Promise.resolve(value)])
  })
  parser.on('file', (name, stream, filename, _encoding, type) => {
    if (!trusted) return void attempt(parser, () => demandToken(undefined))
    if (!filename) return void stream.resume()
    if (!takeFile) return void parser.destroy(new Invalid({ [name]: 'This form takes no files.' }))
    const taken = takeFile(name, { name: filename, type }, limited(stream, name))
    taken.catch((error: Error) => parser.destroy(error))
    fields.push([name, taken])
  })
  const tooMany = () => void parser.destroy(new Invalid({ '': 'There are too many fields or files in this form.' }))
  parser.on('partsLimit', tooMany).on('filesLimit', tooMany).on('fieldsLimit', tooMany)
  await pipeline(Readable.fromWeb(request.body as never), parser)
  if (!trusted) demandToken(undefined)
  return Promise.all(fields.map(async ([name, value]): Promise<[string, string]> => [name, await value]))
}

/** What is too large ends with an error, so that nobody takes the first part of a file for the whole. */
function limited(stream: BusboyFileStream, field: string): BusboyFileStream {
  stream.on('limit', () => stream.destroy(new Invalid({ [field]: `A file may have at most ${limits.fileSize / 1024 / 1024} MB.` })))
  return stream
}

function attempt(parser: InstanceType<typeof Busboy>, check: () => void): boolean {
  try { check(); return true } catch (error) {
    parser.destroy(error as Error)
    return false
  }
}
