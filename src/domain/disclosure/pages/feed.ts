import { atom } from '../../../web/atom.ts'
import type { Page } from '../../../web/page.ts'
import type { PublishedLine } from '../published.ts'

/** What was published, for feed readers. An entry's id is the report's reference, whatever address the page has. */
export const disclosedFeed = (page: Page, reports: readonly PublishedLine[]): Response => atom(page, {
  title: 'disclosed reports', feed: '/disclosed/feed.atom', at: '/disclosed',
  entries: reports.map(({ reference, title, severity, published_at: at }) => ({
    id: reference, title, updated: at, at: `/disclosed/${reference}`, summary: severity ? `Severity: ${severity}.` : '',
  })),
})
