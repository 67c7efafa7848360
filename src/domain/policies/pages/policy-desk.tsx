import type { Standing as Computed } from 'avow-verify'
import {
  Actions, Button, ButtonLink, DeskLayout, DefinitionList, ErrorSummary, Field, Form, Notice, PageHead, PostButton, Time, type Draft,
  type Surroundings,
} from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { PolicyVersion } from '../find.ts'
import type { Publication } from '../kinds.ts'
import { CommitmentsForm } from './commitments-form.tsx'

export interface CommitmentLine {
  readonly mark: string
  readonly sentence: string
  readonly standing?: Computed | undefined
  readonly publication: Publication
  readonly publicFrom?: number | undefined
}

export interface PolicyDesk extends Draft {
  page: Surroundings
  slug: string
  title: string
  withdrawn: boolean
  inForce?: { readonly version: number; readonly since: number } | undefined
  open?: PolicyVersion | undefined
  approvals?: { readonly given: number; readonly needed: number } | undefined
  commitments: readonly CommitmentLine[]
  may: { readonly write: boolean; readonly publish: boolean; readonly approve: boolean }
  zone: string
}

/** `/desk/policies/:policy`: where its next version stands, and each promise with its standing and who is shown it. */
export const PolicyDeskPage = (of: PolicyDesk) => (
  <DeskLayout page={of.page} title={of.title} live>
    <PageHead title={of.title} trail={<a href={at('/desk/policies')}>Policies</a>} lead={<InForce {...of} />}>
      {of.may.write && !of.withdrawn && of.open?.state !== 'review' ? <Write {...of} /> : null}
      {of.inForce ? <ButtonLink href={at(`/policies/${of.slug}`)} look="quiet">Public page</ButtonLink> : null}
    </PageHead>
    <ErrorSummary errors={of.errors} />
    {of.open ? <OpenVersion {...of} open={of.open} /> : null}
    {of.commitments.length ? <CommitmentsForm {...of} /> : null}
    {of.may.publish && !of.withdrawn && of.inForce ? <Withdrawal {...of} /> : null}
  </DeskLayout>
)

const Write = ({ slug, open }: PolicyDesk) =>
  <ButtonLink href={at(`/desk/policies/${slug}/draft`)} look={open ? 'second' : 'first'}>{open ? 'Edit the draft' : 'Write the next version'}</ButtonLink>

const InForce = ({ inForce, withdrawn, zone }: PolicyDesk) =>
  withdrawn ? <>Withdrawn.</>
    : inForce ? <>Version {inForce.version}, in force since <Time at={inForce.since} zone={zone} dateOnly />.</>
      : <>Nothing of it is in force yet.</>

/** The way of a version: draft, submitted, rehearsed, approved, in force. Only the step that comes next is offered. */
const OpenVersion = (of: PolicyDesk & { open: PolicyVersion }) => {
  const { open, approvals, slug, may } = of
  const approved = approvals !== undefined && approvals.given >= approvals.needed
  const path = `/desk/policies/${slug}`
  return (
    <section class="sheet stack" aria-labelledby="open-version">
      <h2 id="open-version">Version {open.version}, {open.state === 'draft' ? 'a draft' : 'under review'}</h2>
      <DefinitionList of={[
        ['What changed', open.summary],
        ['Significant', open.significant ? 'yes' : 'no'],
        ['Rehearsed', open.rehearsed_at ? <Time at={open.rehearsed_at} zone={of.zone} /> : 'not yet'],
        ['Approved by', approvals ? `${approvals.given} of ${approvals.needed}` : undefined],
        ['Text’s SHA-256', <code>{open.body_sha256.toString('hex')}</code>],
      ]} />
      <Actions>
        {may.write && open.state === 'draft' ? <PostButton to={`${path}/submission`} look="first">Submit for approval</PostButton> : null}
        {may.write ? <PostButton to={`${path}/rehearsal`}>Rehearse</PostButton> : null}
        {may.approve && open.state === 'review' && !approved
          ? <PostButton to={`${path}/approval`} values={{ text_sha256: open.body_sha256.toString('hex') }} look="first">Approve this text</PostButton>
          : null}
        {of.inForce ? <ButtonLink href={at(`${path}/changes`)} look="quiet">What changed in the text</ButtonLink> : null}
      </Actions>
      {open.state === 'review' && approved ? <PublicationForm {...of} rehearsed={open.rehearsed_at !== null} /> : null}
    </section>
  )
}

const PublicationForm = ({ slug, rehearsed, may, input, errors }: PolicyDesk & { rehearsed: boolean }) =>
  !rehearsed ? <Notice tone="warning">Rehearse it first: see what its page would say of the past.</Notice>
    : !may.publish ? <Notice>It is approved, and can be put in force by whoever may publish policies.</Notice>
      : (
        <Form to={`/desk/policies/${slug}/publication`}>
          <Field name="in_force_at" label="In force from" type="date" optional hint="From the beginning of that day, UTC. Empty: now."
            value={String(input?.in_force_at ?? '')} error={errors?.in_force_at} />
          <Button>Put in force</Button>
        </Form>
      )

const Withdrawal = ({ slug, errors, input }: PolicyDesk) => (
  <details class="sheet step">
    <summary>Withdraw this policy</summary>
    <Form to={`/desk/policies/${slug}/withdrawal`}>
      <p>Nothing that happens from now on is bound by it. Its record stays.</p>
      <Field name="reason" label="Why, for readers" rows={3} value={String(input?.reason ?? '')} error={errors?.reason} />
      <Button look="danger">Withdraw</Button>
    </Form>
  </details>
)
