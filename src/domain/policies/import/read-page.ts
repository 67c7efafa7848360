import { decodeEntities } from './entities.ts'

export interface PageBlock { readonly type: 'heading' | 'paragraph' | 'item'; readonly text: string }

/** A page's text as blocks, from HTML or plain text. Markdown needs none of this: it is kept as it stands. */
export const readPage = (source: string, format: 'html' | 'text'): PageBlock[] => format === 'html' ? readHtml(source) : readPlain(source)

export type PageFormat = 'html' | 'text' | 'markdown'

export function formatOf(name: string, source: string): PageFormat {
  if (/\.html?$/i.test(name) || /^\s*(?:<!doctype html|<html|<body)/i.test(source) || /<\/(?:p|li|h[1-6]|div)>/i.test(source)) return 'html'
  return /\.(?:md|markdown)$/i.test(name) || /^#{1,6} \S/m.test(source) ? 'markdown' : 'text'
}

const dropped = /<(script|style|title|nav|header|footer|form|svg|template|noscript)\b[^]*?<\/\1\s*>|<!--[^]*?-->|<head\b[^]*?<\/head\s*>/gi
const boundary = /<(\/?)(h[1-6]|p|li|div|section|article|main|tr|td|th|blockquote|ul|ol|table|body|br)\b[^>]*>/gi

/** Simple HTML: its headings, items and paragraphs. Scripts, styles, navigation and forms are left out. */
function readHtml(source: string): PageBlock[] {
  const blocks: PageBlock[] = []
  let type: PageBlock['type'] = 'paragraph' as PageBlock['type']
  let from = 0
  const body = source.replace(dropped, ' ')
  const push = (to: number) => {
    const text = decodeEntities(body.slice(from, to).replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ').trim()
    if (text) blocks.push({ type, text })
  }
  for (const match of body.matchAll(boundary)) {
    push(match.index)
    from = match.index + match[0].length
    const tag = match[2]!.toLowerCase()
    if (tag === 'br') continue
    // A paragraph inside an item is the item's text.
    if (match[1]) type = 'paragraph'
    else if (tag !== 'p' || type !== 'item') type = typeOf(tag)
  }
  push(body.length)
  return blocks
}

const typeOf = (tag: string): PageBlock['type'] => /^h\d$/.test(tag) ? 'heading' : tag === 'li' ? 'item' : 'paragraph'

const bullet = /^\s*(?:[•●◦▪‣·*–-]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)/i
const closed = /[.!?:;…]["”’)]*$|: \S|@/

/** Plain text: a bullet is an item; a short line without a full stop is a heading, or an item of the list that a colon opened. */
function readPlain(source: string): PageBlock[] {
  const lines = source.split(/\r?\n/).map((line) => line.trimEnd())
  const isShort = (line: string | undefined) => line !== undefined && line.trim() !== '' && line.length <= 90 && !closed.test(line.trim())
  let inList = false
  return lines.flatMap((line, i): PageBlock[] => {
    const text = line.trim()
    if (text === '') return []
    const next = lines.slice(i + 1).find((other) => other.trim() !== '')
    // “3. Our programme” opens a section, unless “4. …” follows at once.
    const numbersSection = /^\d/.test(text) && isShort(line) && !/^\s*\d/.test(next ?? '')
    if (bullet.test(line) && !numbersSection) return [{ type: 'item', text: text.replace(bullet, '') }]
    const opensText = next !== undefined && !isShort(next)
    if (isShort(line)) return [{ type: inList && !opensText ? 'item' : 'heading', text }]
    inList = text.endsWith(':')
    return [{ type: 'paragraph', text }]
  })
}
