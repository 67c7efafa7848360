import { ButtonLink, DataTable, DeskLayout, Empty, PageHead, Time, type Surroundings } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'

export interface PolicyLine {
  readonly slug: string
  readonly title: string
  readonly inForce?: { readonly version: number; readonly since: number } | undefined
  /** The version that is being written, and whether it waits for approval. */
  readonly open?: { readonly version: number; readonly state: 'draft' | 'review' } | undefined
  readonly withdrawn: boolean
}

/** `/desk/policies`: what is in force and what is being written. */
export const DeskPoliciesPage = ({ page, policies, mayWrite, zone }: { page: Surroundings; policies: readonly PolicyLine[]; mayWrite: boolean; zone: string }) => (
  <DeskLayout page={page} title="Policies">
    <PageHead title="Policies">{mayWrite ? <ButtonLink href={at('/desk/new-policy')}>Write a policy</ButtonLink> : null}</PageHead>
    {policies.length === 0
      ? <Empty title="No policy yet" text="A policy is a text with promises in it. Each promise gets a rule, and Avow computes from the record whether it is kept.">
          {mayWrite ? <ButtonLink href={at('/desk/new-policy')}>Write the first one</ButtonLink> : null}
        </Empty>
      : <DataTable caption="Policies" rows={policies} columns={[
          { head: 'Policy', header: true, cell: p => <a href={at(`/desk/policies/${p.slug}`)} data-walk>{p.title}</a> },
          { head: 'In force', cell: p => p.withdrawn ? 'withdrawn' : p.inForce ? <>version {p.inForce.version} since <Time at={p.inForce.since} zone={zone} dateOnly /></> : 'not yet' },
          { head: 'Being written', cell: p => p.open ? `version ${p.open.version}, ${p.open.state === 'draft' ? 'a draft' : 'waits for approval'}` : <span class="soft">nothing</span> },
        ]} />}
  </DeskLayout>
)
