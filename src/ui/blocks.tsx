import type { Child } from 'hono/jsx'
import type { BlockContent, DefinitionContent, List, PhrasingContent, RootContent, Table } from 'mdast'
import { plainText } from '../lib/markdown.ts'

/** How the phrases of a block are drawn; a policy's page puts the standings in here. */
export type Phrases = (nodes: readonly PhrasingContent[]) => Child
type Tag = 'h2' | 'h3' | 'h4' | 'h5' | 'h6'

/** One block. Raw HTML is shown as the text that it is; links go only to web, mail and telephone addresses and within the page. */
export function Block({ node, phrases, level = 0 }: { node: RootContent; phrases: Phrases; level?: number }): Child {
  switch (node.type) {
    case 'paragraph': return <p>{phrases(node.children)}</p>
    case 'heading': {
      const Heading = `h${Math.min(6, Math.max(2, node.depth + level))}` as Tag
      return <Heading id={headingId(node.children)}>{phrases(node.children)}</Heading>
    }
    case 'list': return <ListBlock list={node} phrases={phrases} level={level} />
    case 'blockquote': return <blockquote>{blocks(node.children, phrases, level)}</blockquote>
    case 'code': return <pre tabindex={0}><code>{node.value}</code></pre>
    case 'thematicBreak': return <hr />
    case 'table': return <TableBlock table={node} phrases={phrases} />
    case 'html': return <p>{node.value}</p>
    default: return null
  }
}

const blocks = (nodes: readonly (BlockContent | DefinitionContent)[], phrases: Phrases, level: number): Child =>
  nodes.map(node => <Block node={node} phrases={phrases} level={level} />)

function ListBlock({ list, phrases, level }: { list: List; phrases: Phrases; level: number }) {
  const items = list.children.map(({ children: [first, ...rest] }) => (
    <li>{first?.type === 'paragraph' ? [phrases(first.children), blocks(rest, phrases, level)] : first ? blocks([first, ...rest], phrases, level) : null}</li>
  ))
  return list.ordered ? <ol start={list.start ?? 1}>{items}</ol> : <ul>{items}</ul>
}

function TableBlock({ table: { children: [head, ...rows] }, phrases }: { table: Table; phrases: Phrases }) {
  return (
    <div class="table-box" tabindex={0}>
      <table>
        <thead><tr>{head?.children.map(cell => <th scope="col">{phrases(cell.children)}</th>)}</tr></thead>
        <tbody>{rows.map(row => <tr>{row.children.map(cell => <td>{phrases(cell.children)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}

/** Words in a line. Marks of footnotes are not drawn here, and of a picture only what it shows, in words. */
export const plainPhrases: Phrases = nodes => nodes.map(node => <Phrase node={node} />)

/** The same with pictures, whose addresses `place` gives; null: only its words. */
export const picturedPhrases = (place: (url: string) => string | null): Phrases => nodes => nodes.map(node => {
  const source = node.type === 'image' ? place(node.url) : null
  return node.type === 'image' && source ? <img class="picture" src={source} alt={node.alt ?? ''} loading="lazy" /> : <Phrase node={node} />
})

function Phrase({ node }: { node: PhrasingContent }): Child {
  switch (node.type) {
    case 'text': case 'html': return node.value
    case 'strong': return <strong>{plainPhrases(node.children)}</strong>
    case 'emphasis': return <em>{plainPhrases(node.children)}</em>
    case 'delete': return <s>{plainPhrases(node.children)}</s>
    case 'inlineCode': return <code>{node.value}</code>
    case 'break': return <br />
    case 'link': return safe(node.url) ? <a href={node.url} rel="nofollow">{plainPhrases(node.children)}</a> : plainPhrases(node.children)
    case 'image': return node.alt ?? null
    default: return null
  }
}

const safe = (url: string) => /^(https?:|mailto:|tel:|\/(?!\/)|#)/i.test(url)

const headingId = (nodes: readonly PhrasingContent[]) => nodes.map(plainText).join('').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
