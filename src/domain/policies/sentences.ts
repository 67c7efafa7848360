import type { PhrasingContent } from 'mdast'
import { plainText } from './markdown.ts'

/** One sentence of a block: its nodes without the footnotes' marks, its words, and the marks that stand in it. */
export interface Sentence {
  readonly nodes: readonly PhrasingContent[]
  readonly text: string
  readonly marks: readonly string[]
  /** Where it ends in the block's plain words, blanks after it left out. */
  readonly end: number
}

/**
 * Cuts a block into sentences, also inside emphasis, never inside a link or code. A mark belongs to the sentence that it stands in
 * or that ends right before it. Of a block without full stops (a heading, an item, a cell) the whole is one sentence.
 */
export function sentencesOf(nodes: readonly PhrasingContent[]): Sentence[] {
  const text = nodes.map(plainText).join('')
  const marks = marksOf(nodes)
  const cuts = [0, ...endsOf(text, uncuttable(nodes), new Set(marks.map((mark) => mark.at))), text.length]
  return cuts.slice(1).flatMap((end, i) => {
    const start = cuts[i]!
    const words = text.slice(start, end).trim().replace(/\s+/g, ' ')
    if (words === '') return []
    const own = marks.filter((mark) => mark.at === 0 ? start === 0 : ownerEnd(text, cuts, mark.at) === end).map((mark) => mark.mark)
    return [{ nodes: cut(nodes, start, end), text: words, marks: own, end: start + text.slice(start, end).trimEnd().length }]
  })
}

/** The end of the sentence that a mark at this place belongs to: blanks before the mark count as the sentence before. */
function ownerEnd(text: string, cuts: readonly number[], at: number): number {
  const last = text.slice(0, at).trimEnd().length
  return cuts.find((end) => end >= Math.max(last, 1)) ?? text.length
}

const lengthOf = (node: PhrasingContent) => plainText(node).length

/** Footnotes' marks with the place in the block's words before which they stand. */
function marksOf(nodes: readonly PhrasingContent[], start = 0): { mark: string; at: number }[] {
  let at = start
  return nodes.flatMap((node) => {
    const here = at
    at += lengthOf(node)
    if (node.type === 'footnoteReference') return [{ mark: node.identifier, at: here }]
    return 'children' in node ? marksOf(node.children as PhrasingContent[], here) : []
  })
}

type Span = readonly [start: number, end: number]

function uncuttable(nodes: readonly PhrasingContent[], start = 0): Span[] {
  let at = start
  return nodes.flatMap((node): Span[] => {
    const here = at
    at += lengthOf(node)
    if (node.type === 'link' || node.type === 'linkReference' || node.type === 'inlineCode') return [[here, at]]
    return 'children' in node ? uncuttable(node.children as PhrasingContent[], here) : []
  })
}

/** The part of the nodes whose words lie between two places; parents are kept around what is left of them. */
function cut(nodes: readonly PhrasingContent[], start: number, end: number, from = 0): PhrasingContent[] {
  let at = from
  return nodes.flatMap((node): PhrasingContent[] => {
    const here = at
    at += lengthOf(node)
    if (node.type === 'footnoteReference' || at <= start || here >= end) return []
    if (here >= start && at <= end && !('children' in node)) return [node]
    if (node.type === 'text') return [{ type: 'text', value: node.value.slice(Math.max(0, start - here), end - here) }]
    if (!('children' in node)) return [node]
    return [{ ...node, children: cut(node.children as PhrasingContent[], start, end, here) } as PhrasingContent]
  })
}

const endMark = /[.!?…]+["”’»)\]*]*(?=\s)/g

/** Places right after a sentence's end and the blanks that follow it. A mark right after a full stop leaves no doubt. */
function endsOf(text: string, spans: readonly Span[], marks: ReadonlySet<number>): number[] {
  return [...text.matchAll(endMark)].flatMap((match) => {
    const end = match.index + match[0].length
    const rest = text.slice(end).trimStart()
    const inside = spans.some(([from, to]) => match.index >= from && end < to)
    const ends = marks.has(end) || endsSentence(text.slice(0, match.index + 1), rest)
    return rest !== '' && !inside && ends ? [text.length - rest.length] : []
  })
}

const never = new Set([
  'e.g', 'i.e', 'vs', 'cf', 'approx', 'incl', 'nos', 'dr', 'mr', 'mrs', 'ms', 'st',
  'art', 'arts', 'sec', 'fig', 'p', 'pp', 'prof', 'resp', 'viz', 'ca', 'para',
])
const sometimes = new Set(['etc', 'inc', 'ltd', 'co', 'corp', 'a.m', 'p.m', 'u.s', 'u.k', 'e.u', 'al'])

/** Whether `before`, which closes with a stop, is a whole sentence when `rest` follows. */
function endsSentence(before: string, rest: string): boolean {
  if (/^\p{Ll}/u.test(rest)) return false
  if (!before.endsWith('.')) return true
  const word = /([\p{L}\p{N}.]+)\.$/u.exec(before)?.[1] ?? ''
  if (sometimes.has(word.toLowerCase())) return /^\p{Lu}/u.test(rest)
  // “No.” is an abbreviation before a number only; a lone capital is an initial; a lone number opens a list.
  if (word.toLowerCase() === 'no') return !/^\d/.test(rest)
  if (/^\p{Lu}$/u.test(word) && word !== 'I') return false
  if (/^\d+$/.test(word) && before.trim() === `${word}.`) return false
  return !never.has(word.toLowerCase())
}
