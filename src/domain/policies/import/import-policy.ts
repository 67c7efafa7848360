import type { PhrasingContent } from 'mdast'
import { readMarkdown } from '../../../lib/markdown.ts'
import { blocksOf } from '../policy-text.ts'
import { sentencesOf } from '../sentences.ts'
import { sourcePlace } from './places.ts'
import { propose, type Proposal } from './propose.ts'
import { formatOf, readPage, type PageFormat } from './read-page.ts'
import { toMarkdown } from './to-markdown.ts'

/** An existing page, read: its text in Markdown, and what each of its sentences seems to be, with the place where its mark would stand. */
export interface ReadPolicyPage { readonly text: string; readonly proposals: readonly Proposal[]; readonly places: readonly number[] }

/** What one sentence promises: a mark and a rule for each thing. */
export interface MarkedRule { readonly mark: string; readonly rule: string }

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
  const page = readPolicyPage(source, formatOf(name, source))
  return { markdown: withRules(page, page.proposals.map(({ rules }) => rules)), proposals: page.proposals }
}

/** The Markdown that this answers reads as itself. */
export function readPolicyPage(source: string, format: PageFormat): ReadPolicyPage {
  const text = format === 'markdown' ? source.replace(/\r\n/g, '\n') : toMarkdown(readPage(source, format))
  const spoken = [...blocksOf(readMarkdown(text))].filter(({ block }) => block.type !== 'heading')
  const said = spoken.flatMap(({ block, under }) => sentencesOf(block.children as PhrasingContent[]).map((sentence) =>
    ({ sentence: sentence.text, under, at: sourcePlace(text, block.children as PhrasingContent[], sentence.end) })))
  return { text, proposals: propose(said), places: said.map(({ at }) => at) }
}

/** The text with the marks at their places and the rules at its end. `rules` has a list for each sentence. */
export function withRules({ text, places }: ReadPolicyPage, rules: readonly (readonly MarkedRule[])[]): string {
  let marked = text
  for (const [i, place] of [...places.entries()].toReversed()) {
    marked = marked.slice(0, place) + (rules[i] ?? []).map(({ mark }) => `[^${mark}]`).join('') + marked.slice(place)
  }
  const notes = rules.flat().map(({ mark, rule }) => `[^${mark}]: ${rule}`)
  return notes.length === 0 ? marked : `${marked.trimEnd()}\n\n${notes.join('\n')}\n`
}
