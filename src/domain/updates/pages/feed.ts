import type { Page } from '../../../web/page.ts'
import type { Update } from '../list-updates.ts'

/** Atom (RFC 4287). An entry's id names the version for ever, whatever address the page has. */
export function atomFeed(page: Page, updates: readonly Update[]): Response {
  const { organization } = page
  const entries = updates.map(({ policy, title, version, summary, published_at: published, in_force_at: inForce }) => `
  <entry>
    <id>${tag(organization.id, `${policy}/${version}`)}</id>
    <title>${text(`${title}, version ${version}`)}</title>
    <updated>${published}</updated>
    <link href="${text(page.address(`/policies/${policy}/versions/${version}`))}"/>
    <summary>${text(`${summary} In force from ${inForce}.`.trim())}</summary>
  </entry>`)
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${tag(organization.id, 'updates')}</id>
  <title>${text(`${organization.name}: updates`)}</title>
  <updated>${updates[0]?.published_at ?? new Date(0).toISOString()}</updated>
  <author><name>${text(organization.name)}</name></author>
  <link rel="self" href="${text(page.address('/updates/feed.atom'))}"/>
  <link href="${text(page.address('/updates'))}"/>${entries.join('')}
</feed>
`
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=300' } })
}

const tag = (organizationId: string, what: string) => `urn:uuid:${organizationId}#${text(what)}`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const text = (words: string) => words.replace(/[&<>"]/g, (character) => entities[character]!).replace(/[^\P{Cc}\n\t]/gu, '')
