import type { Page } from './page.ts'

interface AtomEntry { readonly id: string; readonly title: string; readonly updated: string; readonly at: string; readonly summary: string }

interface AtomFeed {
  /** After the organisation's name. */
  readonly title: string
  /** Where the feed is, and the page that it is of. */
  readonly feed: string
  readonly at: string
  /** The newest first. An entry's `id` names it for ever, whatever address its page has. */
  readonly entries: readonly AtomEntry[]
}

/** A feed of one of the organisation's pages, Atom (RFC 4287). */
export function atom(page: Page, { title, feed, at, entries }: AtomFeed): Response {
  const { organization } = page
  const tag = (what: string) => `urn:uuid:${organization.id}#${text(what)}`
  const written = entries.map((entry) => `
  <entry>
    <id>${tag(entry.id)}</id>
    <title>${text(entry.title)}</title>
    <updated>${entry.updated}</updated>
    <link href="${text(page.address(entry.at))}"/>
    <summary>${text(entry.summary)}</summary>
  </entry>`)
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${tag(at.slice(1))}</id>
  <title>${text(`${organization.name}: ${title}`)}</title>
  <updated>${entries[0]?.updated ?? new Date(0).toISOString()}</updated>
  <author><name>${text(organization.name)}</name></author>
  <link rel="self" href="${text(page.address(feed))}"/>
  <link href="${text(page.address(at))}"/>${written.join('')}
</feed>
`
  return new Response(xml, { headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=300' } })
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const text = (words: string) => words.replace(/[&<>"]/g, (character) => entities[character]!).replace(/[^\P{Cc}\n\t]/gu, '')
