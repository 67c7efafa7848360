import {
  ButtonLink, DataTable, DefinitionList, Diff, Empty, Notice, PageHead, PublicLayout, Standing, standingNames, Time, type Surroundings,
} from '../../../ui/index.ts'
import { PolicyText } from './policy-text.tsx'
import type { PolicyView } from './policy-view.ts'
import { tally } from './promise.ts'
import { Hero, PolicyFoot, withoutTitle } from './security-page.tsx'

/** One version as its history tells it. */
export interface VersionView {
  readonly version: number
  readonly title: string
  readonly markdown: string
  readonly inForceAt: number
  /** It changes what people may rely on. */
  readonly significant: boolean
  /** What changed, in the company's words. */
  readonly summary: string
  readonly textSha256: string
}

/** `/policies/:slug`: one policy in force. */
export const PolicyPage = ({ page, policy, asOf }: { page: Surroundings; policy: PolicyView; asOf: number }) => (
  <PublicLayout page={page} title={policy.title} hero={<Hero page={page} policies={[policy]} title={policy.title} />}>
    <article>
      <PolicyText markdown={withoutTitle(policy)} promises={policy.promises} zone={page.organization.zone} />
      <PolicyFoot page={page} policy={policy} asOf={asOf} />
    </article>
  </PublicLayout>
)

/** `/policies`: all that are in force. */
export const PoliciesPage = ({ page, policies }: { page: Surroundings; policies: readonly PolicyView[] }) => (
  <PublicLayout page={page} title="Policies">
    <PageHead title="Policies" lead={`What ${page.organization.name} promises, and what has come of it.`} />
    {policies.length === 0
      ? <Empty title="No policy is published yet" text="You can report a weakness all the same.">
          <ButtonLink href={page.at('/report')}>Report a vulnerability</ButtonLink>
        </Empty>
      : <DataTable caption="Policies in force" rows={policies} columns={[
          { head: 'Policy', header: true, cell: p => <a href={page.at(`/policies/${p.slug}`)}>{p.title}</a> },
          { head: 'Version', cell: p => p.version },
          { head: 'In force since', cell: p => <Time at={p.inForceAt} zone={page.organization.zone} dateOnly /> },
          { head: 'Promises', cell: p => <Standings policy={p} /> },
        ]} />}
  </PublicLayout>
)

const Standings = ({ policy }: { policy: PolicyView }) => {
  const { counts, unshown } = tally(policy.promises)
  return (
    <span class="cluster">
      {standingNames.filter(s => counts[s]).map(s => <span class="counted">{counts[s]} <Standing standing={s} /></span>)}
      {unshown ? <span class="soft">{unshown} without a public standing</span> : null}
    </span>
  )
}

/** `/policies/:slug/versions/:version`: the text of a version, whether it binds or not. */
export const VersionPage = ({ page, slug, version, current }: { page: Surroundings; slug: string; version: VersionView; current: number | null }) => (
  <PublicLayout page={page} title={`${version.title}, version ${version.version}`}>
    <PageHead title={version.title} trail={<a href={page.at(`/policies/${slug}/history`)}>All versions</a>} />
    <div class="stack stack-wide">
      {version.version === current
        ? <Notice>This version is in force. <a href={page.at(`/policies/${slug}`)}>Read it with its standings.</a></Notice>
        : <Notice tone="warning" title={`Version ${version.version} is not in force today`}>
            {current === null ? <p>The policy was withdrawn.</p>
              : <p><a href={page.at(`/policies/${slug}`)}>Version {current} is.</a> A report is judged by the version under which it was made.</p>}
          </Notice>}
      <VersionFacts version={version} zone={page.organization.zone} />
      <PolicyText markdown={withoutTitle(version)} promises={[]} zone={page.organization.zone} />
    </div>
  </PublicLayout>
)

const VersionFacts = ({ version, zone }: { version: VersionView; zone: string }) => (
  <DefinitionList of={[
    ['Version', version.version],
    ['In force from', <Time at={version.inForceAt} zone={zone} dateOnly />],
    ['What changed', version.summary],
    ['Text’s SHA-256', <code>{version.textSha256}</code>],
  ]} />
)

/** `/policies/:slug/history`: every version, newest first. */
export const HistoryPage = ({ page, slug, versions }: { page: Surroundings; slug: string; versions: readonly VersionView[] }) => (
  <PublicLayout page={page} title="History">
    <PageHead title={`History of “${versions[0]?.title ?? slug}”`} trail={<a href={page.at(`/policies/${slug}`)}>The policy in force</a>}
      lead="Each version stands in the record by the hash of its text. None can be exchanged afterwards." />
    <ol class="timeline">
      {versions.map((v, i) => (
        <li class={i === 0 ? 'step-done' : 'step-open'}>
          <div class="timeline-head">
            <strong><a href={page.at(`/policies/${slug}/versions/${v.version}`)}>Version {v.version}</a></strong>
            <Time at={v.inForceAt} zone={page.organization.zone} dateOnly />
            {v.significant ? <strong>significant change</strong> : null}
          </div>
          {v.summary ? <p>{v.summary}</p> : null}
          {i < versions.length - 1 ? <p><a href={page.at(`/policies/${slug}/versions/${v.version}/changes`)}>What changed in the text</a></p> : null}
        </li>
      ))}
    </ol>
  </PublicLayout>
)

/** `/policies/:slug/versions/:version/changes`: the difference from the version before, to read. */
export const ChangesPage = ({ page, slug, before, after }: { page: Surroundings; slug: string; before: VersionView; after: VersionView }) => (
  <PublicLayout page={page} title={`What changed in version ${after.version}`}>
    <PageHead title={`What changed in version ${after.version}`} lead={after.summary} trail={<a href={page.at(`/policies/${slug}/history`)}>All versions</a>} />
    <Changes before={before.markdown} after={after.markdown} />
  </PublicLayout>
)

/** Two texts as one, with a key to its marks. */
export const Changes = ({ before, after }: { before: string; after: string }) => (
  <>
    <p class="diff-key"><ins>put in</ins> <del>taken out</del></p>
    <Diff before={before} after={after} />
  </>
)
