import { parseRule, printRule, type Mention, type Rule } from 'avow-verify'
import type { FootnoteDefinition, Nodes, PhrasingContent, Root } from 'mdast'
import { plainText, readMarkdown, walk } from '../../lib/markdown.ts'
import { sentencesOf } from './sentences.ts'

/** A place in the policy's text: line and column from 1, length in characters. */
export interface Place { readonly line: number; readonly column: number; readonly length: number }

/** What is wrong with the text. `nearest` is what to write instead, where that is known. */
export interface Problem extends Place { readonly message: string; readonly nearest?: string }

export interface PolicySentence {
  readonly text: string
  /** Line on which its block begins. */
  readonly line: number
  readonly marks: readonly string[]
  readonly inHeading: boolean
  /** Of an item: the sentence with a colon that opens its list. */
  readonly under?: string
}

export interface Commitment {
  /** The footnote's mark: its id in every version. */
  readonly mark: string
  readonly sentence: string
  readonly rule: Rule
  /** The rule's canonical text. */
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly line: number
}

export interface PolicyDocument {
  /** The first heading. */
  readonly title: string | undefined
  readonly sentences: readonly PolicySentence[]
  readonly commitments: readonly Commitment[]
  /** In the order of the text. A policy with a problem cannot be submitted. */
  readonly problems: readonly Problem[]
}

/** Reads a policy: its sentences, and the rules of those that promise something. */
export function readPolicy(text: string): PolicyDocument {
  const root = readMarkdown(text)
  const sentences = [...blocksOf(root)].flatMap(({ block, under }) => sentencesIn(block, under))
  const written = [...walk(root)].filter((node) => node.type === 'footnoteDefinition')
  // Of several footnotes with one mark, Markdown and we take the first; the others are problems.
  const notes = new Map(written.toReversed().map((note) => [note.identifier, note]))
  const problems = [...htmlProblems(root), ...missingNotes(root, text), ...noteProblems(written, notes), ...markProblems(sentences, notes)]
  const rules = new Map<string, ReadRule>()
  for (const [mark, note] of notes) {
    const read = readRule(text, note)
    if ('problems' in read) problems.push(...read.problems)
    else rules.set(mark, read)
  }
  const commitments = sentences.flatMap(({ text: sentence, line, marks }) =>
    marks.filter((mark) => rules.has(mark)).map((mark) => ({ mark, sentence, line, ...rules.get(mark)! })))
  const title = root.children.find((node) => node.type === 'heading' && node.depth === 1)
  return { title: title && plainText(title), sentences, commitments, problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column) }
}

type Block = Extract<Nodes, { type: 'paragraph' | 'heading' | 'tableCell' }>

export interface Spoken { readonly block: Block; readonly under?: string | undefined }

/** Whatever holds words in lines, outside of footnotes; items with the sentence that opens their list. */
export function* blocksOf(root: Root): Generator<Spoken> {
  let under: string | undefined
  for (const node of root.children) {
    for (const block of blocksIn(node)) yield { block, ...(node.type === 'list' && { under }) }
    const last = node.type === 'paragraph' ? sentencesOf(node.children).at(-1)?.text : undefined
    under = last?.endsWith(':') ? last : undefined
  }
}

function* blocksIn(node: Nodes): Generator<Block> {
  if (node.type === 'footnoteDefinition') return
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') yield node
  else if ('children' in node) for (const child of node.children) yield* blocksIn(child)
}

function sentencesIn(block: Block, under: string | undefined): PolicySentence[] {
  const { line } = placeOf(block)
  const inHeading = block.type === 'heading'
  return sentencesOf(block.children as PhrasingContent[]).map(({ text, marks }) => ({ text, marks, line, inHeading, ...(under !== undefined && { under }) }))
}

type ReadRule = Pick<Commitment, 'rule' | 'text' | 'mentions'>

function readRule(text: string, note: FootnoteDefinition): ReadRule | { problems: Problem[] } {
  const [only, ...more] = note.children
  if (only?.type !== 'paragraph' || more.length > 0) {
    return { problems: [{ ...placeOf(note), message: `The footnote [^${note.identifier}] holds one rule in one paragraph, and nothing else.` }] }
  }
  const { start, end } = only.position!
  const parsed = parseRule(text.slice(start.offset, end.offset))
  const shift = <P extends Place>(place: P): P =>
    ({ ...place, line: place.line + start.line - 1, column: place.column + (place.line === 1 ? start.column - 1 : 0) })
  if ('errors' in parsed) return { problems: parsed.errors.map(shift) }
  return { rule: parsed.rule, text: printRule(parsed.rule), mentions: parsed.mentions.map(shift) }
}

function placeOf(node: Nodes): Place {
  const { start, end } = node.position!
  return { line: start.line, column: start.column, length: end.line === start.line ? end.column - start.column : 1 }
}

function htmlProblems(root: Root): Problem[] {
  return [...walk(root)].filter((node) => node.type === 'html')
    .map((node) => ({ ...placeOf(node), message: 'HTML is not taken, comments neither. Write it in Markdown.' }))
}

/** A mark without a footnote is plain text to Markdown. */
function missingNotes(root: Root, text: string): Problem[] {
  return [...walk(root)].filter((node) => node.type === 'text').flatMap((node) => {
    const { start, end } = node.position!
    return [...text.slice(start.offset, end.offset).matchAll(/\[\^([^\]\s]+)\]/g)].map((match) => {
      const before = text.slice(start.offset, start.offset! + match.index)
      const broken = before.lastIndexOf('\n')
      return {
        line: start.line + before.split('\n').length - 1, column: broken < 0 ? start.column + match.index : match.index - broken,
        length: match[0].length, message: `The mark [^${match[1]}] has no footnote with its rule.`,
      }
    })
  })
}

const markName = /^[a-z0-9][a-z0-9-]{0,63}$/

function noteProblems(written: readonly FootnoteDefinition[], notes: ReadonlyMap<string, FootnoteDefinition>): Problem[] {
  return written.flatMap((note) => {
    const { identifier } = note
    const first = notes.get(identifier)!
    if (first !== note) return [{ ...placeOf(note), message: `There is a footnote [^${identifier}] already, on line ${placeOf(first).line}.` }]
    return markName.test(identifier) ? [] : [{ ...placeOf(note), message: `A mark is made of letters, digits and hyphens: “${identifier}” is not.` }]
  })
}

function markProblems(sentences: readonly PolicySentence[], notes: ReadonlyMap<string, FootnoteDefinition>): Problem[] {
  const used = sentences.flatMap((sentence) => sentence.marks.map((mark) => ({ mark, line: sentence.line })))
  const first = new Map<string, number>()
  const problems: Problem[] = []
  for (const { mark, line } of used) {
    const before = first.get(mark)
    if (before === undefined) first.set(mark, line)
    else problems.push({ line, column: 1, length: 1, message: `The mark [^${mark}] stands on line ${before} already: each promise has a mark of its own.` })
  }
  for (const [mark, note] of notes) {
    if (!first.has(mark)) problems.push({ ...placeOf(note), message: `No sentence carries the mark [^${mark}].` })
  }
  return problems
}
