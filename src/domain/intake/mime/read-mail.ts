import PostalMime, { type Address, type Email } from 'postal-mime'
import { lostWords } from './lost-words.ts'
import { natureOf, type Nature } from './nature.ts'
import { defaultLimits, scan, type Limits, type Range } from './structure.ts'

export interface MailFile { readonly name: string; readonly type: string; readonly content: Uint8Array }
export interface Mailbox { readonly name: string; readonly address: string }

/** A mail, taken apart. Everything in it is what its sender says. */
export interface ReadMail {
  readonly from: Mailbox | null
  /** Whom it was sent to, as far as its head says, in small letters. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly date: string | null
  readonly messageId: string | null
  /** Messages that it follows, the one that it answers last. */
  readonly follows: readonly string[]
  readonly files: readonly MailFile[]
  readonly nature: Nature
}

/** What could not be taken apart whole. A person reads its source. */
export interface Unreadable { readonly unreadable: string }

/** Mails lie in mails no deeper than this. Further in they stay files. */
const DEEPEST_MAIL = 4

/**
 * Takes any bytes apart: a mail of which nothing was lost, or the reason why a person has to look at the source. It never throws, and what it
 * takes is linear in the bytes up to the limits.
 */
export async function readMail(raw: Buffer, limits: Limits = defaultLimits, depth = 0): Promise<ReadMail | Unreadable> {
  const { damage, written, after } = scan(raw, limits)
  if (damage !== undefined) return { unreadable: damage }
  try {
    const { maxNestingDepth, maxHeadersSize } = { maxNestingDepth: limits.depth + 1, maxHeadersSize: limits.headBytes }
    const email = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth, maxHeadersSize })
    const mail = await taken(email, raw, limits, depth, after)
    const lost = lostWords(raw, written, [mail.text, ...mail.files.map(({ content }) => Buffer.from(content).toString('latin1'))])
    return lost === undefined ? mail : { unreadable: `words are lost when it is taken apart, “${lost}” among them` }
  } catch {
    return { unreadable: 'the parser gave up on it' }
  }
}

async function taken(email: Email, raw: Buffer, limits: Limits, depth: number, after: readonly Range[]): Promise<ReadMail> {
  const { text, html } = await bodyOf(email)
  const files = [
    ...email.attachments.map(fileOf),
    ...html === undefined ? [] : [{ name: 'message.html', type: 'text/html', content: Buffer.from(html) }],
    ...after.map(([from, to]) => ({ name: 'after-the-parts.txt', type: 'text/plain', content: raw.subarray(from, to) })),
  ]
  const inner = depth < DEEPEST_MAIL ? await innerMails(files, limits, depth) : []
  return {
    from: mailboxOf(email.from) ?? mailboxOf(email.sender) ?? null,
    to: recipientsOf(email),
    subject: oneLine(email.subject ?? ''),
    text: [text, ...inner.map(quoted)].filter(Boolean).join('\n\n'),
    date: email.date ?? null,
    messageId: idsIn(email.messageId)[0] ?? null,
    follows: [...new Set([...idsIn(email.references), ...idsIn(email.inReplyTo)])].slice(-50),
    files: [...files, ...inner.flatMap((mail) => mail.files)],
    nature: natureOf(email, raw),
  }
}

/** The text that a person reads; the HTML too where it says more than that. */
async function bodyOf({ text, html }: Email): Promise<{ text: string; html?: string }> {
  const shown = html === undefined ? '' : await textOf(html)
  const kept = clean(text ?? shown)
  if (html === undefined) return { text: kept }
  const missing = lostWords(Buffer.from(shown), [[0, Buffer.byteLength(shown)]], [kept])
  return missing === undefined && text !== undefined ? { text: kept } : { text: kept, html }
}

/** The parser turns HTML into text only beside a plain part: it is given one. */
async function textOf(html: string): Promise<string> {
  const coded = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\n')
  const source = `Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${coded}
--x\nContent-Type: text/plain\n\n \n--x--\n`
  return (await PostalMime.parse(source)).text?.trim() ?? ''
}

async function innerMails(files: readonly MailFile[], limits: Limits, depth: number): Promise<ReadMail[]> {
  const mails = files.filter(({ type }) => type === 'message/rfc822' || type === 'message/global')
  const read = await Promise.all(mails.map(({ content }) => readMail(Buffer.from(content), limits, depth + 1)))
  return read.filter((mail) => 'text' in mail)
}

const quoted = ({ from, date, subject, text }: ReadMail): string => [
  '---- Attached mail ----',
  ...from ? [`From: ${[from.name, from.address].filter(Boolean).join(' ')}`] : [],
  ...date ? [`Date: ${date}`] : [],
  ...subject ? [`Subject: ${subject}`] : [],
  '', text,
].join('\n')

function recipientsOf({ to, cc, bcc, deliveredTo, headers }: Email): string[] {
  const named = [...to ?? [], ...cc ?? [], ...bcc ?? []].flatMap((one) => one.group ?? [one]).map(({ address }) => address ?? '')
  const delivered = headers.filter(({ key }) => /^(x-original-to|envelope-to|delivered-to|x-forwarded-to)$/.test(key)).map(({ value }) => value)
  const all = [deliveredTo ?? '', ...delivered, ...named].map((address) => address.replace(/[<>]/g, '').trim().toLowerCase())
  return [...new Set(all.filter((address) => address.includes('@')))].slice(0, 200)
}

function mailboxOf(given: Address | undefined): Mailbox | undefined {
  const { name, address } = given?.group?.[0] ?? given ?? { name: '', address: '' }
  return address?.includes('@') ? { name: oneLine(name), address: oneLine(address).toLowerCase() } : undefined
}

const idsIn = (header: string | undefined): string[] => [...(header ?? '').slice(0, 50_000).matchAll(/<[^<>\s]{1,500}>/g)].map(([id]) => id)

function fileOf({ filename, mimeType, content }: Email['attachments'][number], i: number): MailFile {
  const type = mimeType || 'application/octet-stream'
  return { name: filename?.trim() || `part-${i + 1}${endings[type] ?? ''}`, type, content: Buffer.from(content as ArrayBuffer) }
}

const endings: Readonly<Record<string, string>> = {
  'message/rfc822': '.eml', 'message/global': '.eml', 'text/plain': '.txt', 'text/html': '.html', 'text/calendar': '.ics', 'text/csv': '.csv',
  'image/png': '.png', 'image/jpeg': '.jpg', 'image/gif': '.gif', 'application/pdf': '.pdf', 'application/ms-tnef': '.dat',
  'application/pgp-signature': '.asc', 'application/pkcs7-mime': '.p7m', 'application/pkcs7-signature': '.p7s', 'message/delivery-status': '.txt',
}

/** NULs stand in no text that is stored or shown. */
const clean = (text: string) => text.replaceAll('\0', '\uFFFD').toWellFormed().trim()
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed().trim()
