import type { PhrasingContent } from 'mdast'
import { readMarkdown } from '../../../lib/markdown.ts'
import { blocksOf } from '../policy-text.ts'
import { sentencesOf } from '../sentences.ts'
import { sourcePlace } from './places.ts'
import { propose, type Proposal } from './propose.ts'
import { formatOf, readPage } from './read-page.ts'
import { toMarkdown } from './to-markdown.ts'

export interface Import {
  /** The page's text in Markdown, with a footnote for every rule that is proposed. */
  readonly markdown: string
  readonly proposals: readonly Proposal[]
}

/**
 * Keeps the text of an existing page and proposes, sentence by sentence, what it is: a promise with its rules, a request, a permission
 * or a statement. `name` is a file's name or an address; its ending helps to tell the format.
 */
export function importPolicy(source: string, name: string): Import {
  const format = formatOf(name, source)
  const text = format === 'markdown' ? source.replace(/\r\n/g, '\n') : toMarkdown(readPage(source, format))
  const spoken = [...blocksOf(readMarkdown(text))].filter(({ block }) => block.type !== 'heading')
  const said = spoken.flatMap(({ block, under }) => sentencesOf(block.children as PhrasingContent[]).map((sentence) =>
    ({ sentence: sentence.text, under, at: sourcePlace(text, block.children as PhrasingContent[], sentence.end) })))
  const proposals = propose(said)
  return { markdown: withNotes(text, proposals, said.map(({ at }) => at)), proposals }
}

/** The text with the marks at their places and the rules at its end. */
function withNotes(text: string, proposals: readonly Proposal[], places: readonly number[]): string {
  let marked = text
  for (const [i, { rules }] of [...proposals.entries()].toReversed()) {
    marked = marked.slice(0, places[i]) + rules.map(({ mark }) => `[^${mark}]`).join('') + marked.slice(places[i])
  }
  const notes = proposals.flatMap(({ rules }) => rules.map(({ mark, rule }) => `[^${mark}]: ${rule}`))
  return notes.length === 0 ? marked : `${marked.trimEnd()}\n\n${notes.join('\n')}\n`
}
