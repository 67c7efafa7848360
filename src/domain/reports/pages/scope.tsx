import { at } from '../../../web/place.ts'
import type { PolicyInForce } from '../../policies/index.ts'
import type { Asset } from '../find.ts'

/** What may be tested and what may not, shown before anybody writes. Open, since it decides whether the rest is worth it. */
export const ScopeList = ({ assets, policy }: { assets: readonly Asset[]; policy: PolicyInForce | null }) => {
  const inside = assets.filter((asset) => asset.in_scope)
  const outside = assets.filter((asset) => !asset.in_scope)
  return (
    <details class="sheet" open>
      <summary><strong>Before you write: what is in scope</strong></summary>
      <div class="stack">
        {inside.length > 0 ? <AssetList title="In scope" assets={inside} /> : null}
        {outside.length > 0 ? <AssetList title="Not in scope" assets={outside} /> : null}
        <p>
          Please no denial of service, no spam, no social engineering of people, no physical attempts,
          and no more of other people’s data than it takes to show the weakness.
          {policy ? <> The whole is in <a href={at(`/policies/${policy.slug}`)}>{policy.title}</a>.</> : null}
          {' '}<a href={at('/report/known')}>What we know to be no weakness</a>
        </p>
      </div>
    </details>
  )
}

const AssetList = ({ title, assets }: { title: string; assets: readonly Asset[] }) => (
  <div>
    <p><strong>{title}</strong></p>
    <ul>
      {assets.map(({ name, locator, note }) =>
        <li><strong>{name}</strong>{locator ? <> · <code>{locator}</code></> : null}{note ? <> · {note}</> : null}</li>)}
    </ul>
  </div>
)
