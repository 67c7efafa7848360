import { readFileSync } from 'node:fs'
import { plainText, readMarkdown, walk } from '../../lib/markdown.ts'

/** The one that comes with Avow: an example in our own words, with gaps to fill. */
export const exampleText = (): string => readFileSync(new URL('../../../agreements/confidentiality.md', import.meta.url), 'utf8')

/** The first heading of an agreement, and what keeps it from being asked of anybody, each with its line. */
export function readAgreement(text: string): { title: string; problems: readonly string[] } {
  const root = readMarkdown(text)
  const heading = root.children.find((node) => node.type === 'heading' && node.depth === 1)
  const html = [...walk(root)].find((node) => node.type === 'html')
  const gaps = text.split('\n').flatMap((line, i) => [...line.matchAll(/\[fill in: ([^\]]*)/g)].map((gap) => `Line ${i + 1} is to be filled in: ${gap[1]}.`))
  return {
    title: heading ? plainText(heading) : '',
    problems: [
      ...heading ? [] : ['Begin with a heading: “# Confidentiality agreement”. It is the agreement’s title.'],
      ...html ? [`Line ${html.position!.start.line}: HTML is not taken, comments neither. Write it in Markdown.`] : [],
      ...gaps,
    ],
  }
}
