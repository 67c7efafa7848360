import type { PhrasingContent } from 'mdast'
import { plainText } from '../../lib/markdown.ts'

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
  const cuts = [...endsOf(text, gluedIn(nodes, text.length), new Set(marks.map((mark) => mark.at))), text.length]
  const owned = byOwner(text, cuts, marks)
  const pieces = piecesOf(nodes)
  return cuts.flatMap((end, i) => {
    const start = cuts[i - 1] ?? 0
    const said = text.slice(start, end).trimEnd()
    const words = said.trimStart().replace(/\s+/g, ' ')
    return words === '' ? [] : [{ nodes: pieces(start, end), text: words, marks: owned.get(end) ?? [], end: start + said.length }]
  })
}

interface PlacedMark { readonly mark: string; /** The place in the block's words before which it stands. */ readonly at: number }

/** Marks by the end of the sentence that they belong to: blanks before a mark count as the sentence before. */
function byOwner(text: string, cuts: readonly number[], marks: readonly PlacedMark[]): Map<number, string[]> {
  const owned = new Map<number, string[]>()
  let i = 0
  for (const { mark, at } of marks) {
    const last = Math.max(1, text.slice(0, at).trimEnd().length)
    while (i < cuts.length - 1 && cuts[i]! < last) i++
    owned.set(cuts[i]!, [...owned.get(cuts[i]!) ?? [], mark])
  }
  return owned
}

const lengthOf = (node: PhrasingContent) => plainText(node).length

function marksOf(nodes: readonly PhrasingContent[], start = 0): PlacedMark[] {
  let at = start
  return nodes.flatMap((node) => {
    const here = at
    at += lengthOf(node)
    if (node.type === 'footnoteReference') return [{ mark: node.identifier, at: here }]
    return 'children' in node ? marksOf(node.children as PhrasingContent[], here) : []
  })
}

/** Places between two characters of a link or of code are 1: no sentence ends there. */
function gluedIn(nodes: readonly PhrasingContent[], length: number): Uint8Array {
  const glued = new Uint8Array(length + 1)
  const mark = (inside: readonly PhrasingContent[], start: number): number => inside.reduce((here, node) => {
    const end = here + lengthOf(node)
    if (node.type === 'link' || node.type === 'linkReference' || node.type === 'inlineCode') glued.fill(1, here + 1, Math.max(here + 1, end))
    else if ('children' in node) mark(node.children as PhrasingContent[], here)
    return end
  }, start)
  mark(nodes, 0)
  return glued
}

/** The nodes between two places, for places that only grow: a long block is gone through once. */
function piecesOf(nodes: readonly PhrasingContent[]): (start: number, end: number) => PhrasingContent[] {
  const starts = [0]
  for (const node of nodes) starts.push(starts.at(-1)! + lengthOf(node))
  let first = 0
  return (start, end) => {
    while (first < nodes.length - 1 && starts[first + 1]! <= start) first++
    let after = first
    while (after < nodes.length && starts[after]! < end) after++
    return cut(nodes.slice(first, after), start, end, starts[first]!)
  }
}

/** The part of the nodes whose words lie between two places; parents are kept around what is left of them. */
function cut(nodes: readonly PhrasingContent[], start: number, end: number, from: number): PhrasingContent[] {
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

/** Longer than any abbreviation. */
const LOOK_BACK = 40

const endMark = /[.!?…]+["”’»)\]*]*\s+(?=\S)/g

/** Places where a sentence has ended and the next begins. A mark right after a full stop leaves no doubt. */
function endsOf(text: string, glued: Uint8Array, marks: ReadonlySet<number>): number[] {
  return [...text.matchAll(endMark)].flatMap(({ 0: whole, index }) => {
    const end = index + whole.trimEnd().length
    const next = index + whole.length
    const before = text.slice(Math.max(0, index - LOOK_BACK), index + 1)
    return !glued[end] && (marks.has(end) || endsSentence(before, text.slice(next, next + 2))) ? [next] : []
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
