import { encodeQR } from 'qr'
import type { OutgoingMail } from '../../mail/index.ts'
import type { Exercise } from './exercise.ts'

const place = /\{(?:link:([^{}\n]+)|(qr))\}/

/** The mail as it is sent: plain text, and HTML in which the link hides behind its words, as it does in the mails that it stands for. */
export function exerciseMail({ body }: Pick<Exercise, 'body'>, url: string): Pick<OutgoingMail, 'text' | 'html' | 'files'> {
  const isCode = body.includes('{qr}')
  const [before = '', words, , after = ''] = body.split(place)
  const html = [`<a href="${url}">${isCode ? `<img src="cid:code" alt="" width="180" height="180">` : escape(words ?? '')}</a>`]
  return {
    text: `${before}${isCode ? url : `${words}: ${url}`}${after}\n`,
    html: `<!doctype html><html lang="en"><body><p>${paragraphs(before)}${html.join('')}${paragraphs(after)}</p></body></html>`,
    ...isCode && { files: [{ filename: 'code.gif', type: 'image/gif', content: Buffer.from(encodeQR(url, 'gif', { scale: 6, border: 4 })), cid: 'code' }] },
  }
}

/** Where the words of the link stand, for showing the mail: what comes before, the words, what comes after. */
export function piecesOf({ body }: Pick<Exercise, 'body'>): { before: string; words: string; after: string } {
  const [before = '', words, , after = ''] = body.split(place)
  return { before, words: words ?? 'a QR code', after }
}

const paragraphs = (text: string) => escape(text).replaceAll(/\n{2,}/g, '</p><p>').replaceAll('\n', '<br>')
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character]!)
