import type { Child } from 'hono/jsx'
import type { PhrasingContent, RootContent } from 'mdast'
import { MarkShape, standingWords } from '../../../ui/index.ts'
import { readMarkdown, walk } from '../../../lib/markdown.ts'
import { sentencesOf } from '../sentences.ts'
import { Block, plainPhrases, type Phrases } from '../../../ui/blocks.tsx'
import { promiseId, type PromiseView } from './promise.ts'
import { PromiseNote } from './promise-note.tsx'

interface Text { markdown: string; promises: readonly PromiseView[]; zone: string; /** How much lower the headings stand than written. */ level?: number }

/** The policy as its readers see it: each promised sentence marked with its standing, and what is behind it at the side of its block. */
export function PolicyText({ markdown, promises, zone, level = 0 }: Text) {
  const byMark = new Map(promises.map(p => [p.mark.toLowerCase(), p]))
  return (
    <div class="prose">
      {readMarkdown(markdown).children.flatMap(pieces).map(node => {
        const noted = marksIn(node).map(mark => byMark.get(mark)).filter(p => p !== undefined)
        return (
          <div class="policy-block">
            <div><Block node={node} phrases={markedPhrases(byMark)} level={level} /></div>
            {noted.length ? <div class="notes">{noted.map(promise => <PromiseNote promise={promise} zone={zone} />)}</div> : null}
          </div>
        )
      })}
    </div>
  )
}

/** A list becomes one list for each item that promises something, so that its notes stand beside it. */
function pieces(node: RootContent): RootContent[] {
  if (node.type === 'footnoteDefinition' || node.type === 'definition') return []
  if (node.type !== 'list' || marksIn(node).length === 0) return [node]
  return node.children.map((item, i) => ({ ...node, children: [item], ...(node.ordered ? { start: (node.start ?? 1) + i } : {}) }))
}

const marksIn = (node: RootContent): string[] => [...walk(node)].flatMap(n => n.type === 'footnoteReference' ? [n.identifier] : [])

const markedPhrases = (byMark: ReadonlyMap<string, PromiseView>): Phrases => nodes =>
  sentencesOf(nodes).map(({ nodes: words, marks }) => {
    const promises = marks.map(mark => byMark.get(mark)).filter(p => p !== undefined)
    return promises.length ? <Promised promises={promises}>{plainPhrases(withoutLastBlank(words))}</Promised> : plainPhrases(words)
  })

/** A promised sentence. Its underline repeats the first promise's standing; the shape after it leads to the details. */
const Promised = ({ promises, children }: { promises: readonly PromiseView[]; children?: Child }) => (
  <>
    <span class={`promise is-${promises[0]?.shown?.standing ?? 'private'}`}>{children}</span>
    {promises.map(({ mark, shown }) => shown
      ? <a class={`promise-link is-${shown.standing}`} href={`#${promiseId(mark)}`} title={standingWords[shown.standing]}>
          <MarkShape of={shown.standing} /><span class="unseen">{standingWords[shown.standing]}</span>
        </a>
      : null)}
    {' '}
  </>
)

/** Keeps the underline from running on under the space before the next sentence. */
function withoutLastBlank(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const last = nodes.at(-1)
  return last?.type === 'text' ? [...nodes.slice(0, -1), { ...last, value: last.value.trimEnd() }] : [...nodes]
}
