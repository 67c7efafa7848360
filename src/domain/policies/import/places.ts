import type { PhrasingContent } from 'mdast'
import { plainText } from '../../../lib/markdown.ts'

/**
 * Where in the source the words of a block end at `end` (counted in its plain words): there a mark can be put. A link or emphasis
 * that ends there is left whole.
 */
export function sourcePlace(source: string, nodes: readonly PhrasingContent[], end: number): number {
  let at = 0
  for (const node of nodes) {
    const words = plainText(node)
    const { start, end: after } = node.position!
    at += words.length
    if (at < end) continue
    if (at === end) return after.offset!
    if ('children' in node && node.type !== 'link') return sourcePlace(source, node.children as PhrasingContent[], end - (at - words.length))
    return node.type === 'text' ? start.offset! + sourceLength(source.slice(start.offset, after.offset), words, end - (at - words.length)) : after.offset!
  }
  return nodes.at(-1)!.position!.end.offset!
}

/** How much source gives the first `length` characters of the words: an escape takes one more, a reference all that it needs. */
function sourceLength(source: string, words: string, length: number): number {
  let from = 0
  for (let i = 0; i < length; i++) {
    if (source[from] === words[i]) from++
    else if (source[from] === '\\' && source[from + 1] === words[i]) from += 2
    else if (source[from] === '&') from = source.indexOf(';', from) + 1
    // Markdown drops blanks at the ends of lines and before continued ones.
    else while (from < source.length && source[from] !== words[i]) from++
    if (words[i] === '\n') while (source[from] === ' ') from++
  }
  return from
}
