import { reopenedAt } from '../../../ledger/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import { publicStandings } from '../../../commitments/index.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { gateSettings } from '../../gates/index.ts'
import { getPolicy, policiesInForce, versionsOf, type PolicyVersion } from '../find.ts'
import { ChangesPage, HistoryPage, PoliciesPage, PolicyPage, VersionPage, type VersionView } from './policy-pages.tsx'
import { policyViews } from './policy-view.ts'
import { SecurityPage } from './security-page.tsx'
import { serveTexts } from './serve-texts.ts'

const anyone = { may: 'public.read' } as const

/** What everybody may read. */
export function publicPolicyPages(web: Web): void {
  serveTexts(web)
  web.get('/', anyone, async page => {
    const [reopened, { pause }] = await page.reading(tx => Promise.all([reopenedAt(tx), gateSettings(tx)]))
    return <SecurityPage page={page} {...await inForce(page)} reopened={reopened} pause={pause} />
  })
  web.get('/policies', anyone, async page => <PoliciesPage page={page} {...await inForce(page)} />)
  web.get('/policies/:policy', anyone, policyPage)
  web.get('/policies/:policy/history', anyone, async page => <HistoryPage page={page} slug={page.param('policy')} versions={await published(page)} />)
  web.get('/policies/:policy/versions/:version', anyone, versionPage)
  web.get('/policies/:policy/versions/:version/changes', anyone, changesPage)
}

/** The policies in force with their public standings, and the moment for which these hold. */
async function inForce(page: Page) {
  const { standings, asOf } = await publicStandings(page.deps.database, page.organization.id)
  return { policies: await page.reading(tx => policyViews(tx, standings)), asOf }
}

async function policyPage(page: Page) {
  const { policies, asOf } = await inForce(page)
  const policy = policies.find(p => p.slug === page.param('policy'))
  if (!policy) throw new NotFound()
  return <PolicyPage page={page} policy={policy} asOf={asOf} />
}

async function versionPage(page: Page) {
  const { version } = await versionAt(page)
  const current = await page.reading(async tx => (await policiesInForce(tx)).find(p => p.slug === page.param('policy'))?.version ?? null)
  return <VersionPage page={page} slug={page.param('policy')} version={version} current={current} />
}

async function changesPage(page: Page) {
  const { version, before } = await versionAt(page)
  if (!before) throw new NotFound()
  return <ChangesPage page={page} slug={page.param('policy')} before={before} after={version} />
}

async function versionAt(page: Page): Promise<{ version: VersionView; before: VersionView | undefined }> {
  const versions = await published(page)
  const i = versions.findIndex(v => String(v.version) === page.param('version'))
  const version = versions[i]
  if (!version) throw new NotFound()
  return { version, before: versions[i + 1] }
}

/** Published versions, newest first. One that takes force later is public as soon as it is published. */
const published = (page: Page): Promise<VersionView[]> => page.reading(async tx => {
  const policy = await getPolicy(tx, page.param('policy'))
  const versions = (await versionsOf(tx, policy.id)).flatMap(viewOf)
  if (versions.length === 0) throw new NotFound()
  return versions
})

const viewOf = ({ in_force_at: at, version, title, body, significant, summary, body_sha256: hash }: PolicyVersion): VersionView[] =>
  at === null ? [] : [{ version, title, markdown: body, inForceAt: at.getTime(), significant, summary, textSha256: hash.toString('hex') }]
