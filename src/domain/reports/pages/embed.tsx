import { CopyText, DeskLayout, PageHead } from '../../../ui/index.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { listAssets, type Asset } from '../find.ts'

/** What the team copies into its own site: links, and a form that needs no script. */
export function embedPages(web: Web): void {
  web.get('/desk/scope/elsewhere', { may: 'policies.write' }, drawn)
}

async function drawn(page: Page) {
  const assets = (await page.reading(listAssets)).filter(({ in_scope: inScope }) => inScope)
  return (
    <DeskLayout page={page} title="On your own site">
      <PageHead trail={<a href={at('/desk/scope')}>Scope</a>} title="On your own site"
        lead="A link or a plain form brings people to the report form. No script of ours runs on your site, and nothing is sent before they confirm it here." />
      <section class="stack" aria-labelledby="link-title">
        <h2 id="link-title">A link</h2>
        <CopyText text={page.address('/report')} label="Copy the link" />
        {assets.map((asset) => (
          <div class="stack">
            <h3>About {asset.name}</h3>
            <CopyText text={`${page.address('/report')}?asset=${encodeURIComponent(asset.name)}`} label={`Copy the link about ${asset.name}`} />
          </div>
        ))}
        <p class="hint">A link may also carry title, version, weakness, endpoint and parameter. Links are seen by others: put nothing secret in them.</p>
      </section>
      <section class="stack" aria-labelledby="form-title">
        <h2 id="form-title">A form</h2>
        <CopyText text={formFor(page.address('/report/from-elsewhere'), assets[0])} label="Copy the form" />
        <p class="hint">Leave out what you do not need. What the form may not fill in: the word of good faith, files, a claim key and a voucher.</p>
      </section>
    </DeskLayout>
  )
}

const formFor = (action: string, asset: Asset | undefined): string => [
  `<form method="post" action="${escaped(action)}" accept-charset="utf-8">`,
  ...asset ? [`  <input type="hidden" name="asset" value="${escaped(asset.name)}">`] : [],
  '  <label>What is it? <input name="title" required maxlength="200"></label>',
  '  <label>What is wrong? <textarea name="description" rows="6" required></textarea></label>',
  '  <label>How can we see it? <textarea name="steps" rows="4"></textarea></label>',
  '  <button>Go on</button>',
  '</form>',
].join('\n')

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
