import MimeNode from 'nodemailer/lib/mime-node'
import type { Enclosed } from './enclosure.ts'

/** The words and files as one MIME entity, to be encrypted whole. */
export async function entityOf(text: string, files: readonly Enclosed[]): Promise<Buffer> {
  const words = (parent?: MimeNode) => (parent ? parent.createChild('text/plain; charset=utf-8') : new MimeNode('text/plain; charset=utf-8')).setContent(text)
  if (files.length === 0) return withoutMessageHeaders(await words().build())
  const all = new MimeNode('multipart/mixed')
  words(all)
  // As text a file would come out with other line ends, and a proof would no longer verify.
  for (const { filename, type, content } of files) {
    all.createChild(type, { filename }).setHeader('content-transfer-encoding', 'base64').setContent(content)
  }
  return withoutMessageHeaders(await all.build())
}

/** What the library adds to whatever stands at the top belongs to the mail, not to what is inside. */
function withoutMessageHeaders(built: Buffer): Buffer {
  const end = built.indexOf('\r\n\r\n')
  const fields = built.subarray(0, end).toString().split(/\r\n(?![ \t])/)
  const kept = fields.filter((field) => /^content-/i.test(field)).join('\r\n')
  return Buffer.concat([Buffer.from(kept), built.subarray(end)])
}

/** A mail whose body is `armored` (RFC 3156, section 4). `headers` are those of any other mail. */
export function encryptedMail(headers: Readonly<Record<string, unknown>>, armored: string): Promise<Buffer> {
  const mail = new MimeNode('multipart/encrypted; protocol="application/pgp-encrypted"')
  mail.setHeader(headers as Record<string, string>)
  const inPlain = (type: string, disposition: string, content: string) => mail.createChild(type)
    .setHeader({ 'content-transfer-encoding': '7bit', 'content-disposition': disposition }).setContent(content)
  inPlain('application/pgp-encrypted', 'attachment', 'Version: 1\r\n')
  inPlain('application/octet-stream', 'inline; filename="encrypted.asc"', armored)
  return mail.build()
}
