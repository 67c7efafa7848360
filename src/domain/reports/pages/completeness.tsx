import { releaseNamed, type Release } from '../releases.ts'
import type { Page } from '../../../web/page.ts'
import { getReport } from '../find.ts'
import { completenessOf } from '../completeness.ts'
import type { ReportView } from '../read-report.ts'
import { addPart } from './parts.ts'

addPart({ name: 'completeness', on: 'case-side', order: 5, draw: drawn })

async function drawn(page: Page, report: ReportView) {
  const { reported } = report
  if (!reported) return null
  const release = reported.version ? await page.reading(async (tx) => {
    const { asset_id: asset } = await getReport(tx, page.actor, report.id)
    return asset === null ? null : releaseNamed(tx, asset, reported.version!)
  }) : null
  const { there, of, missing } = completenessOf(reported)
  const explained = missing.filter(({ why }) => why)
  return (
    <section class="stack" aria-labelledby="completeness-title">
      <h2 id="completeness-title">Completeness</h2>
      <p>{there === of ? 'Everything that we ask for is there.' : `${there} of ${of} things that we ask for are there.`}</p>
      {missing.length > explained.length ? <p class="soft">Missing: {missing.filter(({ why }) => !why).map(({ what }) => what).join(', ')}.</p> : null}
      {explained.length > 0 ? <ul class="soft">{explained.map(({ what, why }) => <li>No {what}: “{why}”</li>)}</ul> : null}
      {reported.skipped ? <p class="soft">The reporter says why: “{reported.skipped}”</p> : null}
      {release ? <p class="soft">{releaseInWords(reported.version!, release)}</p> : null}
    </section>
  )
}

export const releaseInWords = (typed: string, release: Release | 'unknown'): string =>
  release === 'unknown' ? `${typed} is not a release that we know.`
    : `${typed} is release ${release.version}${release.released_on ? ` of ${release.released_on}` : ''}.`
