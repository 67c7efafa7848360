import { downloadHeaders, readAttachment, type Owner } from '../seal/attachments.ts'
import type { Page } from './page.ts'

/** A file to keep. `name` is of our own making; the browser saves it and never shows it in place. */
export const download = (name: string, type: string, body: string | Uint8Array<ArrayBuffer>): Response =>
  new Response(body, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` } })

/** A file that somebody attached, opened while it is sent. Not the owner's: not there. */
export async function attachmentDownload(page: Page, owner: Owner, id: string): Promise<Response> {
  const attachment = await readAttachment(page.deps.database, page.organization.id, owner, id)
  return new Response(attachment.content as ReadableStream<Uint8Array<ArrayBuffer>>, { headers: downloadHeaders(attachment) })
}
