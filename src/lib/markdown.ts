import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

// The transforms link addresses that the tokenizer left alone, in nodes without a position; every place in a policy has to be known.
const mdastExtensions = gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension)

/** GitHub-flavoured Markdown with footnotes, as mdast with a position in every node. */
export const readMarkdown = (text: string): Root => fromMarkdown(text, { extensions: [gfm()], mdastExtensions })

/** The words of a node without any marking; marks of footnotes have none. */
export function plainText(node: Nodes): string {
  if (node.type === 'break') return '\n'
  if (node.type === 'image') return node.alt ?? ''
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(plainText).join('') : ''
}

/** Every node below and including this one, in the order of the text. */
export function* walk(node: Nodes): Generator<Nodes> {
  yield node
  if ('children' in node) for (const child of node.children) yield* walk(child)
}
