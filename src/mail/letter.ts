/** What a letter says. A mailbox is read by more people than one thinks: it never carries a report's content, only a link. */
export interface Letter {
  readonly to: Recipient
  /** Content-free: stored and sent in plain. */
  readonly subject: string
  /** Paragraphs apart by an empty line. `{link:/track}` becomes the full address of that page of the organisation. */
  readonly text: string
  /** Of a letter that goes to many: the path that ends them. Mail programs offer it as a button (RFC 8058). */
  readonly unsubscribe?: string
  /** The case that it is about. `with` names who outside the team is written to, and may answer by mail. */
  readonly thread?: { readonly id: string; readonly with?: string }
  /** What is added only when it is sent: a word that `declareEnclosure` knows. */
  readonly enclosing?: string
  /** The mail that it answers, by its Message-ID and References. `automatically`: a machine answers, at once (RFC 3834). */
  readonly answers?: { readonly messageId: string; readonly references: readonly string[]; readonly automatically?: boolean }
}

/**
 * An address is sealed under `keyId`, so that erasing its person erases it here too (by default under the organisation's key).
 * Of an account only the id is kept: its address is read when the mail is sent.
 */
export type Recipient = { readonly address: string; readonly keyId?: string } | { readonly accounts: readonly string[] }

export interface Rendered { text: string; html: string }

const link = /\{link:(\/[^\s{}]*)\}/g

/** The plain text, and a simple HTML of the same words. `base` is the organisation's address without a slash at its end. */
export function render(text: string, base: string): Rendered {
  const paragraphs = text.trim().split(/\n{2,}/)
  return {
    text: `${paragraphs.join('\n\n').replace(link, (_, path: string) => base + path)}\n`,
    html: `<!doctype html><html lang="en"><body>${paragraphs.map((one) => `<p>${htmlOf(one, base)}</p>`).join('')}</body></html>`,
  }
}

/** The text in pieces, for a page that shows it: a link by its path, or plain text. */
export const piecesOf = (text: string): { path?: string; text: string }[] =>
  text.split(/\{link:(\/[^\s{}]*)\}/).map((text, i) => i % 2 ? { path: text, text } : { text })

const htmlOf = (paragraph: string, base: string) => escape(paragraph)
  .replace(link, (_, path: string) => `<a href="${escape(base)}${path}">${escape(base)}${path}</a>`)
  .replaceAll('\n', '<br>')

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!)
