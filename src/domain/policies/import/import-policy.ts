import type { Nodes, PhrasingContent, Root } from 'mdast'
import { classify, type SentenceKind } from '../classify.ts'
import { readMarkdown } from '../markdown.ts'
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
  const said = [...spokenIn(readMarkdown(text))].flatMap(({ nodes, asked }) =>
    sentencesOf(nodes).map((sentence) => ({ sentence: sentence.text, asked, at: sourcePlace(text, nodes, sentence.end) })))
  const proposals = propose(said)
  return { markdown: withNotes(text, proposals, said.map(({ at }) => at)), proposals }
}

interface Spoken { readonly nodes: readonly PhrasingContent[]; /** It stands in a list of what readers are asked. */ readonly asked: boolean }

/** Paragraphs, items and cells in their order; headings promise nothing. */
function* spokenIn(root: Root): Generator<Spoken> {
  let leadIn: SentenceKind | undefined
  for (const block of root.children) {
    if (block.type === 'paragraph') leadIn = leadInOf(block.children)
    for (const nodes of wordsOf(block)) yield { nodes, asked: block.type === 'list' && leadIn === 'request' }
    if (block.type !== 'paragraph') leadIn = undefined
  }
}

/** What the sentence before a list does, where it ends in a colon. */
function leadInOf(nodes: readonly PhrasingContent[]): SentenceKind | undefined {
  const last = sentencesOf(nodes).at(-1)?.text
  return last?.endsWith(':') ? classify(last).kind : undefined
}

function* wordsOf(node: Nodes): Generator<readonly PhrasingContent[]> {
  if (node.type === 'heading' || node.type === 'footnoteDefinition') return
  if (node.type === 'paragraph' || node.type === 'tableCell') yield node.children as PhrasingContent[]
  else if ('children' in node) for (const child of node.children) yield* wordsOf(child)
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
