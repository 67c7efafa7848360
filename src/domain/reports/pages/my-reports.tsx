import { Button, ButtonLink, DataTable, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton, PublicLayout, Time } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { NotFound } from '../../../lib/errors.ts'
import { runVerb } from '../../../verbs/run.ts'
import { seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { draftId, forgetBegun, listBegun } from '../begun.ts'
import { keepReport, letGoReport, listKeptReports } from '../keep-report.ts'
import { notedDrafts } from '../noted-drafts.ts'
import { stateInWords } from '../report.ts'
import { goOn } from './draft.tsx'
import { phrasesPerNetwork } from './reporter.tsx'
import { followKept } from './reporter-session.ts'

const own = { may: 'account.own' } as const

/** A researcher's reports in one place. */
export function myReportsPages(web: Web): void {
  web.get('/me/reports', own, (page) => myReportsPage(page))
  web.form(keepReport, { at: 'POST /me/reports', limit: phrasesPerNetwork, again: myReportsPage, done: () => '/me/reports' })
  web.post('/me/reports/:report/open', own, (page) => {
    followKept(page.cookies, page.param('report'))
    return seeOther(page, '/track/report')
  })
  web.post('/me/drafts/:draft/open', own, async (page) => goOn(page, await phraseOf(page)))
  web.post('/me/drafts/:draft/forget', own, async (page) => {
    await runVerb(page.deps, forgetBegun, page.actor, page.organization.id, { phrase: await phraseOf(page) })
    return seeOther(page, '/me/reports')
  })
  web.form(letGoReport, { at: 'POST /me/reports/:report/end', again: myReportsPage, done: () => '/me/reports' })
}

async function phraseOf(page: Page): Promise<string> {
  const phrases = await page.reading((tx) => notedDrafts(tx, page.actor))
  const phrase = phrases.find((one) => draftId(one) === page.param('draft'))
  if (!phrase) throw new NotFound('This draft is no longer here.')
  return phrase
}

const Begun = ({ drafts, zone }: { drafts: readonly { draft: string; title: string; until: string }[]; zone: string }) => drafts.length === 0 ? null : (
  <DataTable caption="Begun and not sent" unseenCaption={false} rows={drafts} columns={[
    { head: 'Draft', header: true, cell: ({ draft, title }) =>
      <PostButton to={`/me/drafts/${draft}/open`} look="quiet">{title || 'Without a title'}</PostButton> },
    { head: 'Kept until', cell: ({ until }) => <Time at={until} zone={zone} dateOnly /> },
    { head: 'Forget', cell: ({ draft, title }) => (
      <PostButton to={`/me/drafts/${draft}/forget`} look="quiet">Forget<span class="unseen"> {title || 'the draft without a title'}</span></PostButton>) },
  ]} />
)

async function myReportsPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { reports } = await page.read(listKeptReports, {})
  const { drafts } = await page.read(listBegun, {})
  return (
    <PublicLayout page={page} title="My reports">
      <PageHead title="My reports" lead="What you reported here, open without its phrase. Nobody but you sees that it is yours." />
      <ErrorSummary errors={errors} />
      {reports.length === 0
        ? <Empty title="Nothing yet" text="Reports that you send while you are signed in come here by themselves.">
          <ButtonLink href={at('/report')}>Report a vulnerability</ButtonLink>
        </Empty>
        : <DataTable caption="My reports" rows={reports} columns={[
          { head: 'Report', cell: ({ id, title, reference }) => (
            <PostButton to={`/me/reports/${id}/open`} look="quiet">{title ?? 'Erased report'} · {reference}</PostButton>), header: true },
          { head: 'Received', cell: ({ received_at }) => <Time at={received_at} zone={page.zone} dateOnly /> },
          { head: 'Standing', cell: ({ state, waiting }) => waiting ? 'The team has a question for you.' : stateInWords[state] },
          { head: 'In my account', cell: ({ id }) => <PostButton to={`/me/reports/${id}/end`} look="quiet">Take out</PostButton> },
        ]} />}
      <Begun drafts={drafts} zone={page.zone} />
      <section class="sheet stack" aria-labelledby="keep-title">
        <h2 id="keep-title">A report that you sent without signing in</h2>
        <Form to="/me/reports">
          <Field {...kept({ input, errors }, 'phrase')} label="Tracking phrase" autocomplete="off" hint="Six words with dashes. It goes on working." />
          <Button>Keep it here</Button>
        </Form>
      </section>
      <p>
        <a href={at('/me/password')}>Password</a> · <a href={at('/me/factors')}>Second factor</a> · <a href={at('/me/sessions')}>Where you are signed in</a>
      </p>
      <PostButton to="/sign-out" look="quiet">Sign out</PostButton>
    </PublicLayout>
  )
}
