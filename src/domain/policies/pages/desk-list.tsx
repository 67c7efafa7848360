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
export const DeskPoliciesPage = ({ page, policies, mayWrite, zone }:
  { page: Surroundings; policies: readonly PolicyLine[]; mayWrite: boolean; zone: string }) => (
  <DeskLayout page={page} title="Policies">
    <PageHead title="Policies">{mayWrite ? <NewOnes /> : null}</PageHead>
    {policies.length === 0
      ? <Empty title="No policy yet"
          text="A policy is a text with promises in it. Each promise gets a rule, and Avow computes from the record whether it is kept.">
          {mayWrite ? <ButtonLink href={at('/desk/new-policy')}>Write the first one</ButtonLink> : null}
          {mayWrite ? <p>If your security page exists already, <a href={at('/desk/import-policy')}>import it</a>: its words stay.</p> : null}
        </Empty>
      : <DataTable caption="Policies" rows={policies} columns={[
          { head: 'Policy', header: true, cell: p => <a href={at(`/desk/policies/${p.slug}`)} data-walk>{p.title}</a> },
          { head: 'In force', cell: p => <InForce line={p} zone={zone} /> },
          { head: 'Being written', cell: p => <BeingWritten line={p} /> },
        ]} />}
  </DeskLayout>
)

const NewOnes = () => (
  <>
    <ButtonLink href={at('/desk/import-policy')} look="second">Import a page</ButtonLink>
    <ButtonLink href={at('/desk/new-policy')}>Write a policy</ButtonLink>
  </>
)

const InForce = ({ line: { withdrawn, inForce }, zone }: { line: PolicyLine; zone: string }) =>
  withdrawn ? <>withdrawn</> : inForce ? <>version {inForce.version} since <Time at={inForce.since} zone={zone} dateOnly /></> : <>not yet</>

const BeingWritten = ({ line: { open } }: { line: PolicyLine }) =>
  open ? <>version {open.version}, {open.state === 'draft' ? 'a draft' : 'waits for approval'}</> : <span class="soft">nothing</span>
