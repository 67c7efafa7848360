import { NotFound } from '../../../lib/errors.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'

/** The exact bytes of every published version, by their hash in the ledger: docs/formats/ledger.md, "What is served where". */
export function serveTexts(web: Web): void {
  web.get('/log/texts/:sha256{[0-9a-f]+}', { may: 'public.read' }, async (page) => {
    const body = await page.reading((tx) => tx.db.selectFrom('policy_versions').select('body')
      .where('body_sha256', '=', hashOf(page)).where('state', '=', 'published').limit(1).executeTakeFirst())
    if (!body) throw new NotFound()
    return new Response(body.body,
      { headers: { 'content-type': 'text/markdown; charset=utf-8', 'cache-control': forGood, 'access-control-allow-origin': '*' } })
  })
}

const forGood = 'public, max-age=31536000, immutable'

function hashOf(page: Page): Buffer {
  const hash = Buffer.from(page.param('sha256'), 'hex')
  if (hash.length !== 32) throw new NotFound()
  return hash
}
