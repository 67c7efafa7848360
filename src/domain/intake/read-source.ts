import { isUtf8 } from 'node:buffer'
import type { Database } from '../../db/database.ts'
import { readAttachment } from '../../seal/attachments.ts'
import { filesOf } from './message.ts'

/** How much of a source a page shows; the rest is in the file. */
const shownBytes = 200_000

export interface Source { readonly text: string; readonly size: number; readonly cut: boolean }

/** A message's source as text, whatever its bytes are: what is no UTF-8 is shown letter by letter, and what a terminal would obey as a sign. */
export async function readSource(database: Database, organizationId: string, message: string, raw: string): Promise<Source> {
  const { content, size } = await readAttachment(database, organizationId, filesOf(message), raw)
  const pieces: Uint8Array[] = []
  let read = 0
  for await (const piece of content) {
    pieces.push(piece)
    read += piece.length
    if (read >= shownBytes) break
  }
  const bytes = Buffer.concat(pieces).subarray(0, shownBytes)
  const text = isUtf8(bytes) || size > shownBytes ? bytes.toString('utf8') : bytes.toString('latin1')
  return { text: text.replaceAll('\r\n', '\n').replace(/[^\P{C}\n\t]/gu, '\uFFFD'), size, cut: size > shownBytes }
}
