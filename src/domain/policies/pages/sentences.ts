import type { FootnoteReference, PhrasingContent } from 'mdast'

/** One sentence of a paragraph: its nodes without the footnotes' marks, and the marks that stand in it. */
export interface Sentence { readonly nodes: PhrasingContent[]; readonly marks: string[] }

/**
 * Cuts a paragraph after `.`, `!` or `?` and white space, outside links and emphasis. A mark right after the full stop belongs
 * to the sentence that it closes.
 */
export function sentencesOf(nodes: readonly PhrasingContent[]): Sentence[] {
  const sentences: Sentence[] = []
  let current: Sentence = { nodes: [], marks: [] }
  let ended = false
  const close = () => {
    if (current.nodes.length || current.marks.length) sentences.push(current)
    current = { nodes: [], marks: [] }
    ended = false
  }
  for (const node of nodes) {
    if (isMark(node)) { current.marks.push(node.identifier); continue }
    if (node.type !== 'text') { current.nodes.push(node); ended = false; continue }
    if (ended && /^\s/.test(node.value)) close()
    for (const piece of node.value.split(/(?<=[.!?…]["”’)\]]*\s)(?=\S)/)) {
      if (ended && current.nodes.length) close()
      current.nodes.push({ type: 'text', value: piece })
      ended = /[.!?…]["”’)\]]*\s*$/.test(piece)
    }
  }
  close()
  return sentences
}

const isMark = (node: PhrasingContent): node is FootnoteReference => node.type === 'footnoteReference'
