import { atom } from '../../../web/atom.ts'
import type { Page } from '../../../web/page.ts'
import type { Update } from '../list-updates.ts'

/** What has changed in the policies. An entry's id names the version for ever. */
export const atomFeed = (page: Page, updates: readonly Update[]): Response => atom(page, {
  title: 'updates', feed: '/updates/feed.atom', at: '/updates',
  entries: updates.map(({ policy, title, version, summary, published_at: updated, in_force_at: inForce }) => ({
    id: `${policy}/${version}`, title: `${title}, version ${version}`, updated, at: `/policies/${policy}/versions/${version}`,
    summary: `${summary} In force from ${inForce}.`.trim(),
  })),
})
