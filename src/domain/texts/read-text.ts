import type { Root } from 'mdast'
import { plainText, readMarkdown, walk } from '../../lib/markdown.ts'
import { Invalid } from '../../lib/errors.ts'

/** What keeps a text from being published. */
export interface Problem { readonly line: number; readonly message: string }

/** A text in Markdown, whose first heading is its title. `like` is a title such as one might write. */
export function readTitled(text: string, { noun, like }: { noun: string; like: string }): { root: Root; title: string; problems: Problem[] } {
  const root = readMarkdown(text)
  const heading = root.children.find((node) => node.type === 'heading' && node.depth === 1)
  const html = [...walk(root)].filter((node) => node.type === 'html')
  return {
    root, title: heading ? plainText(heading) : '',
    problems: [
      ...heading ? [] : [{ line: 1, message: `Begin with a heading: “# ${like}”. It is the ${noun}’s title.` }],
      ...html.map((node) => ({ line: node.position?.start.line ?? 1, message: 'HTML is not taken, comments neither. Write it in Markdown.' })),
    ],
  }
}

/** Throws `Invalid` at the field `text`, with every problem and its line. */
export function demandReadable(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new Invalid({ text: problems.map(({ line, message }) => `Line ${line}: ${message}`).join(' ') })
}
