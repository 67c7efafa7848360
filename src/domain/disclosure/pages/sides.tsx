import { Button, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, PostButton, PublicLayout, Select } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { readReport } from '../../reports/index.ts'
import { Answers, EmbargoForm, Fold, History, idIn, of, RequestForm, Standing, type Doing } from './agreement.tsx'
import { matterOf, textOfMatter } from './matter.ts'
import { Preview, ReporterTextForm, TextForm } from './text.tsx'

export type Again = (page: Page, input: Entered, errors: FieldErrors) => Promise<ReturnType<typeof teamPage>>

/** Embargo and disclosure of one report, as the team sees it. */
export async function teamPage(page: Page, doing: Doing = {}) {
  const { id, reference, reported } = await page.read(readReport, { report: page.param('report') })
  const matter = await textOfMatter(page, id)
  const to = `/desk/reports/${id}/disclosure`
  const { zone } = page
  const open = !matter.report.disclosed_at
  return (
    <DeskLayout page={page} title={`Disclosure of ${reference}`}>
      <PageHead trail={<a href={at(`/desk/reports/${id}`)}>{reference}</a>} title="Embargo and disclosure" />
      <ErrorSummary errors={doing.errors} />
      <Standing {...matter} zone={zone} />
      {page.may('reports.triage') ? (
        <>
          <Answers to={to} matter={matter} me="company" {...doing} />
          <Preview matter={matter} approveAt={`${to}/approval`} me="company" />
          {matter.running ? null : <Publication to={to} reference={reference} published={matter.draft?.published ?? false} before={matter.before} />}
          <section class="stack" aria-label="What you can do">
            {matter.draft?.published ? null : <TextForm to={to} matter={matter} reportTitle={reported?.title ?? ''} {...doing} />}
            {matter.draft?.published ? null : <RequestForm to={to} zone={zone} who="the reporter" {...doing} />}
            {open ? <EmbargoForm to={to} zone={zone} usual={matter.usual} {...doing} /> : null}
            {matter.running ? <EndEarly to={to} {...doing} /> : null}
            {open ? <ByReporter to={to} {...doing} /> : null}
          </section>
        </>
      ) : null}
      <History {...matter} zone={zone} />
    </DeskLayout>
  )
}

const Publication = ({ to, reference, published, before }: { to: string; reference: string; published: boolean; before: string | null }) => {
  if (published) return <p>It is published: <a href={at(`/disclosed/${reference}`)}>read it as everybody does</a>.</p>
  return before ? <p class="soft">{before}</p> : <PostButton to={`${to}/publication`} look="first">Publish it now, for good</PostButton>
}

const EndEarly = ({ to, ...doing }: Doing & { to: string }) => (
  <Fold form="end" title="End the embargo early" {...doing}>
    <Form to={`${to}/end`}>
      <Select {...kept(of('end', doing), 'because')} {...idIn('end', 'because', doing)} label="Why" placeholder="Choose" options={[
        { value: 'leak', label: 'The matter leaked' }, { value: 'exploitation', label: 'The weakness is exploited' },
          { value: 'other', label: 'Another reason' },
      ]} />
      <Field {...kept(of('end', doing), 'note')} {...idIn('end', 'note', doing)} label="What you know" rows={2}
        hint="Every party reads it here. The letter says that it ended, and why, and no more." />
      <Button look="danger">End it now, and tell everybody</Button>
    </Form>
  </Fold>
)

const ByReporter = ({ to, ...doing }: Doing & { to: string }) => (
  <Fold form="by-reporter" title="The reporter has made it public" lead="It is no deed of yours: it ends the embargo, and breaks no promise." {...doing}>
    <Form to={`${to}/by-reporter`}>
      <Field {...kept(of('by-reporter', doing), 'where')} {...idIn('by-reporter', 'where', doing)} label="Where it can be read" />
      <Button look="second">Record it</Button>
    </Form>
  </Fold>
)

/** The same, as its reporter sees it. */
export async function reporterPage(page: Page, doing: Doing = {}) {
  const id = page.actor.kind === 'reporter' ? page.actor.reportId : ''
  const matter = await textOfMatter(page, id)
  const to = '/track/report/disclosure'
  const open = !matter.report.disclosed_at
  return (
    <PublicLayout page={page} title="Embargo and disclosure">
      <PageHead trail={<a href={at('/track/report')}>Your report</a>} title="Embargo and disclosure"
        lead="Until when it stays confidential, and what is published of it." />
      <ErrorSummary errors={doing.errors} />
      <Standing {...matter} zone={page.zone} />
      {matter.draft?.published ? <p><a href={at(`/disclosed/${matter.report.reference}`)}>Read it as everybody does</a></p> : null}
      <Answers to={to} matter={matter} me="reporter" {...doing} />
      <Preview matter={matter} approveAt={`${to}/approval`} me="reporter" />
      <section class="stack" aria-label="What you can do">
        {matter.draft && !matter.draft.published ? <ReporterTextForm to={to} matter={matter} {...doing} /> : null}
        {matter.draft?.published ? null : <RequestForm to={to} zone={page.zone} who="the team" {...doing} />}
        {open ? <EmbargoForm to={to} zone={page.zone} usual={matter.usual} {...doing} /> : null}
        {open ? <OwnDisclosure to={to} {...doing} /> : null}
      </section>
      <History {...matter} zone={page.zone} />
    </PublicLayout>
  )
}

const OwnDisclosure = ({ to, ...doing }: Doing & { to: string }) => (
  <Fold form="own" title="If you have made it public" {...doing}>
    <Form to={`${to}/own`}>
      <Field {...kept(of('own', doing), 'where')} {...idIn('own', 'where', doing)} label="Where it can be read" />
      <Button look="second">Tell the team</Button>
    </Form>
  </Fold>
)

/** The embargo, as a guest of the case sees it. */
export async function guestPage(page: Page, doing: Doing = {}) {
  const actor = page.actor.kind === 'guest' ? page.actor : null
  const matter = await matterOf(page, actor?.reportId ?? '')
  const to = '/guest/case/embargo'
  return (
    <PublicLayout page={page} title="The embargo">
      <PageHead trail={<a href={at('/guest/case')}>The case</a>} title="The embargo" lead="Until when the matter stays confidential." />
      <ErrorSummary errors={doing.errors} />
      <Standing {...matter} zone={page.zone} />
      {actor?.mediates ? null : <Answers to={to} matter={matter} me={actor?.guestId ?? ''} {...doing} />}
      {actor?.mediates || matter.report.disclosed_at ? null : <EmbargoForm to={to} zone={page.zone} usual={matter.usual} {...doing} />}
      <History {...matter} zone={page.zone} />
    </PublicLayout>
  )
}
