import type { PageBlock } from './read-page.ts'

/** Blocks as Markdown: the first heading is the title, items make lists, and what Markdown would take for marking is escaped. */
export function toMarkdown(blocks: readonly PageBlock[]): string {
  let titled = false
  const lines = blocks.map(({ type, text }, i) => {
    if (type === 'item') return `${blocks[i - 1]?.type === 'item' ? '' : '\n'}- ${atStart(text)}`
    if (type === 'paragraph') return `\n${atStart(text)}`
    const level = titled ? '##' : '#'
    titled = true
    return `\n${level} ${escaped(text)}`
  })
  return `${lines.join('\n').trim()}\n`
}

const escaped = (text: string) => text.replace(/[\\`*_[\]<>|~]/g, '\\$&')

/** What would open a heading or a list at the start of a line. */
const atStart = (text: string) => escaped(text).replace(/^(?=[#+-])/, '\\').replace(/^(\d+)([.)])/, '$1\\$2')
